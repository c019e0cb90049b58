import { Document, HeadingLevel, Packer, Paragraph as WordParagraph, TextRun } from 'docx';
import type { Paragraph } from './recordText.ts';

const headings: Partial<Record<Paragraph['kind'], (typeof HeadingLevel)[keyof typeof HeadingLevel]>> = {
  title: HeadingLevel.TITLE,
  heading: HeadingLevel.HEADING_1,
  subheading: HeadingLevel.HEADING_2,
};
/** As offices set them: bold in black letters 黑体, the text in song 仿宋. */
const bold = new Set<Paragraph['kind']>(['title', 'heading', 'subheading', 'question', 'speaker']);
const halfPoints: Partial<Record<Paragraph['kind'], number>> = { title: 44, heading: 32, subheading: 30, meta: 21 };

function asWord({ kind, text }: Paragraph): WordParagraph {
  const strong = bold.has(kind);
  const family = strong ? '黑体' : '仿宋';
  const font = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: family };
  const heading = headings[kind];
  return new WordParagraph({
    ...(heading ? { heading } : {}),
    spacing: { after: kind === 'title' ? 240 : 120, line: 400 },
    keepNext: heading !== undefined || kind === 'speaker',
    children: text.split('\n').map(
      (line, index) =>
        new TextRun({
          text: line,
          font,
          size: halfPoints[kind] ?? 28,
          bold: strong,
          color: '000000',
          ...(index > 0 ? { break: 1 } : {}),
        }),
    ),
  });
}

/** Writes a record as a Word file (DOCX). */
export function recordWord(title: string, paragraphs: readonly Paragraph[]): Promise<Buffer> {
  return Packer.toBuffer(new Document({ title, sections: [{ children: paragraphs.map(asWord) }] }));
}
