import { unzipText } from './zip.ts';

/** A paragraph of a Word file: its style, its words, and what its picture shows when it is one. */
export interface WordParagraph {
  style: string;
  text: string;
  picture: string | null;
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const unescaped = (xml: string) => xml.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => entities[name] ?? '');

/** Gives the paragraphs of a DOCX in their order, line breaks as they are. */
export function wordParagraphs(file: Buffer): WordParagraph[] {
  const xml = unzipText(file, 'word/document.xml');
  return [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([paragraph]) => ({
    style: /<w:pStyle w:val="([^"]+)"/.exec(paragraph)?.[1] ?? '',
    text: unescaped(
      [...paragraph.matchAll(/<w:br\/>|<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
        .map(([tag, text]) => text ?? (tag && '\n'))
        .join(''),
    ),
    picture: paragraph.includes('<w:drawing') ? unescaped(/ descr="([^"]*)"/.exec(paragraph)?.[1] ?? '') : null,
  }));
}
