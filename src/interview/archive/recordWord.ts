import { Document, HeadingLevel, ImageRun, Packer, Paragraph as WordParagraph, TextRun } from 'docx';
import type { PrintedPicture } from './printedPictures.ts';
import type { Paragraph } from './recordText.ts';

const headings: Partial<Record<Paragraph['kind'], (typeof HeadingLevel)[keyof typeof HeadingLevel]>> = {
  title: HeadingLevel.TITLE,
  heading: HeadingLevel.HEADING_1,
  subheading: HeadingLevel.HEADING_2,
};
/** As offices set them: bold in black letters 黑体, the text in song 仿宋. */
const bold = new Set<Paragraph['kind']>(['title', 'heading', 'subheading', 'question', 'speaker']);
const halfPoints: Partial<Record<Paragraph['kind'], number>> = { title: 44, heading: 32, subheading: 30, meta: 21 };

/** Widest picture on the page, in pixels of 1/96 inch. */
const widest = 560;

function asPicture({ data, width, height }: PrintedPicture, text: string): WordParagraph {
  const scale = Math.min(1, widest / width, 420 / height);
  const transformation = { width: Math.round(width * scale), height: Math.round(height * scale) };
  const altText = { name: text.slice(0, 60), title: text.slice(0, 60), description: text };
  return new WordParagraph({
    children: [new ImageRun({ type: 'jpg', data, transformation, altText })],
    keepNext: true,
  });
}

function asWord({ kind, text, picture }: Paragraph): WordParagraph {
  if (picture) return asPicture(picture, text);
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
export function recordWord(title: string, author: string, paragraphs: readonly Paragraph[]): Promise<Buffer> {
  return Packer.toBuffer(
    new Document({ title, creator: author, lastModifiedBy: author, sections: [{ children: paragraphs.map(asWord) }] }),
  );
}
