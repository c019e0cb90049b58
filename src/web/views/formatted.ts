import { escapeHtml, Markup } from './markup.ts';

const controls = /[\u202A-\u202E\u2066-\u2069]/g;
const address = String.raw`https?:\/\/[^\s<>"'()（），。；、】]{3,500}`;
/** [words](address), **bold**, or a bare address; addresses are of the web, of mail, or a path of our own. */
const inline = new RegExp(
  String.raw`\[([^\]\n]{1,200})\]\((${address}|mailto:[^\s<>"'()]{3,200}|\/(?![\/\\])[^\s<>"'()\\]{0,300})\)|\*\*([^*\n]{1,500})\*\*|(${address})`,
  'g',
);

const link = (href: string, words: string) =>
  `<a href="${escapeHtml(href)}" rel="noopener nofollow">${escapeHtml(words)}</a>`;

/** One line with its bold words and links; everything else is escaped. */
function line(text: string): string {
  let drawn = '';
  let from = 0;
  for (const found of text.matchAll(inline)) {
    const [all, words, href, bold, bare] = found;
    drawn += escapeHtml(text.slice(from, found.index));
    if (words !== undefined && href !== undefined) drawn += link(href, words);
    else if (bold !== undefined) drawn += `<strong>${escapeHtml(bold)}</strong>`;
    else if (bare !== undefined) drawn += link(bare, bare);
    from = found.index + all.length;
  }
  return drawn + escapeHtml(text.slice(from));
}

type Kind = 'h3' | 'h4' | 'ul' | 'ol' | 'blockquote' | 'p';
interface Block {
  kind: Kind;
  lines: string[];
}

const marks: readonly (readonly [Kind, RegExp])[] = [
  ['h4', /^#{2,3}\s*(?=[^#\s])/],
  ['h3', /^#\s*(?=[^#\s])/],
  ['ul', /^[-*•·]\s+/],
  ['ol', /^\d{1,3}[.、)）]\s*(?=\S)/],
  ['blockquote', /^>\s?/],
];

/** Lines of one kind that follow one another are one block; a heading is one by itself. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open = false;
  for (const typed of text.replace(controls, '').replace(/\r\n?/g, '\n').split('\n')) {
    const one = typed.trim();
    const [kind, mark] = marks.find(([, begins]) => begins.test(one)) ?? (['p', /^/] as const);
    const heading = kind === 'h3' || kind === 'h4';
    const last = open && !heading ? blocks.at(-1) : undefined;
    if (one !== '') {
      const words = one.replace(mark, '');
      if (last?.kind === kind) last.lines.push(words);
      else blocks.push({ kind, lines: [words] });
    }
    open = one !== '' && !heading;
  }
  return blocks;
}

function drawBlock({ kind, lines }: Block): string {
  const drawn = lines.map(line);
  if (kind === 'ul' || kind === 'ol') return `<${kind}>${drawn.map((one) => `<li dir="auto">${one}</li>`).join('')}</${kind}>`;
  const text = drawn.join('<br>');
  return kind === 'blockquote' ? `<blockquote dir="auto"><p>${text}</p></blockquote>` : `<${kind} dir="auto">${text}</${kind}>`;
}

/**
 * Draws what an organiser typed with light marks: # heading, ## smaller heading, - list, 1. list, > quotation,
 * **bold**, [words](address). Nothing else becomes a tag; headings begin at the third level, below the page's own.
 */
export function formatted(text: string): Markup {
  return new Markup(`<div class="user-text formatted">${blocksOf(text).map(drawBlock).join('\n')}</div>`);
}
