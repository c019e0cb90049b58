import { strFromU8, strToU8 } from 'fflate';
import { repacked } from './archive.ts';

/** The words, their styles and what belongs to them; no pictures, no programs, no comments. */
const wanted =
  /^(?:\[Content_Types\]\.xml|_rels\/.*\.rels|word\/(?:_rels\/)?(?:document|styles|numbering)\.xml(?:\.rels)?)$/;

/** A part of the tree that mammoth gives. */
interface Element {
  type: string;
  value?: string;
  breakType?: string;
  children?: Element[];
}

/**
 * Gives the words of a Word file: a line a paragraph, line breaks as they are, tabs as blanks. Deleted words and those
 * that were moved elsewhere are left out; small signs of pronunciation above a word as well.
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
      transformDocument: (document: Element) => {
        words = linesOf(document);
        return { ...document, children: [] };
      },
    },
  );
  return words.join('\n');
}

const blocks = new Set(['document', 'table', 'tableRow', 'tableCell']);

function linesOf(element: Element): string[] {
  if (element.type === 'paragraph') return [textOf(element)];
  return blocks.has(element.type) ? (element.children ?? []).flatMap(linesOf) : [];
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
