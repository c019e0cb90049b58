import { strFromU8, strToU8 } from 'fflate';
import { repacked } from './archive.ts';

/** The words, their styles and what belongs to them; no pictures, no programs, no comments. */
const wanted =
  /^(?:\[Content_Types\]\.xml|_rels\/.*\.rels|word\/(?:_rels\/)?(?:document|styles|numbering|footnotes|endnotes)\.xml(?:\.rels)?)$/;

/** A part of the tree that mammoth gives. */
interface Element {
  type: string;
  value?: string;
  breakType?: string;
  children?: Element[];
}
/** The whole of it, with the notes at the foot of its pages. */
interface Whole extends Element {
  notes: { resolve(reference: Element): { body: Element[] } | undefined };
}

/**
 * Gives the words of a Word file: a line a paragraph, line breaks as they are, tabs as blanks. Deleted words and those
 * that were moved elsewhere are left out; small signs of pronunciation above a word as well. What a note says stands in
 * brackets at the end of its paragraph, for a record has no foot of a page.
 */
export async function wordsOfDocument({ path }: { path: string }): Promise<string> {
  const { default: mammoth } = await import('mammoth');
  const buffer = await repacked(path, wanted, (name, part) =>
    name === 'word/document.xml' ? strToU8(withoutRuby(strFromU8(part))) : part,
  );
  let words: string[] = [];
  await mammoth.convertToHtml(
    { buffer },
    {
      externalFileAccess: false,
      transformDocument: (document: Whole) => {
        words = linesOf(document, (reference) => document.notes.resolve(reference)?.body ?? []);
        return { ...document, children: [] };
      },
    },
  );
  return words.join('\n');
}

const blocks = new Set(['document', 'table', 'tableRow', 'tableCell']);

/** What a mark in the text refers to. */
type NoteOf = (reference: Element) => Element[];

function linesOf(element: Element, noteOf: NoteOf): string[] {
  if (element.type === 'paragraph') return [textOf(element) + notesIn(element).map(noteOf).map(bracketed).join('')];
  return blocks.has(element.type) ? (element.children ?? []).flatMap((child) => linesOf(child, noteOf)) : [];
}

const notesIn = (element: Element): Element[] =>
  element.type === 'noteReference' ? [element] : (element.children ?? []).flatMap(notesIn);

function bracketed(note: Element[]): string {
  const text = note.map(textOf).join(' ').replace(/\s+/g, ' ').trim();
  return text && `（注：${text}）`;
}

function textOf({ type, value = '', children = [] }: Element): string {
  if (type === 'text') return value;
  if (type === 'tab') return ' ';
  if (type === 'break') return '\n';
  const text = children.map(textOf).join('');
  // A text box stands inside a paragraph with paragraphs of its own
  return children.some((child) => child.type === 'paragraph') ? `\n${text}\n` : text;
}

/** Leaves out the pronunciation above words; what it stands above is an ordinary run then. */
function withoutRuby(xml: string): string {
  if (!xml.includes('<w:ruby')) return xml;
  const kept = ['w:rt', 'w:rubyPr'].reduce(withoutElement, xml);
  return ['<w:ruby>', '</w:ruby>', '<w:rubyBase>', '</w:rubyBase>'].reduce(
    (text, tag) => text.replaceAll(tag, ''),
    kept,
  );
}

function withoutElement(xml: string, name: string): string {
  const [first = '', ...others] = xml.split(`<${name}>`);
  const end = `</${name}>`;
  return first + others.map((part) => part.slice(part.indexOf(end) + (part.includes(end) ? end.length : 1))).join('');
}
