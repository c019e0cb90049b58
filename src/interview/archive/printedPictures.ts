import { printableUpload } from '../../platform/uploads/print.ts';
import type { InterviewRecord } from './record.ts';

/** A picture as Word and PDF files take it: JPEG with its size in pixels. */
export interface PrintedPicture {
  data: Buffer;
  width: number;
  height: number;
}
/** By turn. */
export type PrintedPictures = ReadonlyMap<string, PrintedPicture>;

/** Gives the record's pictures ready to print; one that cannot be drawn is left to its caption. */
export async function printedPictures({ turns }: InterviewRecord): Promise<PrintedPictures> {
  const drawn = new Map<string, PrintedPicture>();
  for (const { id, picture } of turns) {
    const printed = picture ? await printableUpload(picture.uploadId) : null;
    if (printed) drawn.set(id, printed);
  }
  return drawn;
}
