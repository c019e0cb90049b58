import { setImmediate as breathe } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { conflict } from '../../kernel/errors.ts';
import { printFont } from '../../platform/fonts.ts';
import type { PrintedPicture } from './printedPictures.ts';
import type { Paragraph } from './recordText.ts';

const sizes: Record<Paragraph['kind'], number> = {
  title: 20,
  lead: 13,
  heading: 16,
  subheading: 14,
  question: 12,
  meta: 10,
  speaker: 12,
  text: 12,
  picture: 12,
};
const quiet = '#555555';

/** Writes a record as PDF. Refused with a sentence when no Chinese font is installed on this machine. */
export async function recordPdf(title: string, paragraphs: readonly Paragraph[]): Promise<Buffer> {
  const font = printFont();
  if (!font) throw conflict('interview-archive.errors.no-font');
  const file = new PDFDocument({ size: 'A4', margin: 60, info: { Title: title }, bufferPages: true });
  const parts: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    file.on('data', (part: Buffer) => parts.push(part));
    file.on('end', () => resolve(Buffer.concat(parts)));
    file.on('error', reject);
  });
  file.registerFont('print', font.path, font.face);
  file.font('print');
  for (const [index, { kind, text, picture }] of paragraphs.entries()) {
    if (index % breathEvery === 0) await breathe();
    if (picture) {
      drawPicture(file, picture);
      continue;
    }
    if (kind === 'heading' || kind === 'question' || kind === 'subheading') file.moveDown(0.6);
    file.fontSize(sizes[kind]).fillColor(kind === 'meta' ? quiet : 'black');
    file.text(text, { lineGap: 4, paragraphGap: 4, indent: 0 });
  }
  numberPages(file);
  file.end();
  return done;
}

/** A long record is set in pieces, so that a live room beside it keeps its beat. */
const breathEvery = 8;

function drawPicture(file: PDFKit.PDFDocument, { data, width, height }: PrintedPicture): void {
  const most = file.page.width - 120;
  const scale = Math.min(1, most / width, 300 / height);
  if (file.y + height * scale > file.page.height - 80) file.addPage();
  file.moveDown(0.4);
  file.image(data, 60, file.y, { width: width * scale, height: height * scale });
  file.y += height * scale + 6; // a picture at a place of its own does not move the pen
  file.x = 60;
}

function numberPages(file: PDFKit.PDFDocument): void {
  const { start, count } = file.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    file.switchToPage(page);
    file.page.margins.bottom = 0; // else the number would begin a page of its own
    file.fontSize(9).fillColor(quiet);
    file.text(`${page + 1} / ${count}`, 60, file.page.height - 40, { align: 'center', lineBreak: false, width: 475 });
  }
}
