/** Text that is already HTML; templates print it as it is. */
export class Markup {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
  /** Called by Handlebars. */
  toHTML(): string {
    return this.html;
  }
  toString(): string {
    return this.html;
  }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' };

/** Takes any text; gives it safe between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

const controls = /[\u202A-\u202E\u2066-\u2069]/g;
const rightToLeft = /[\u0590-\u08FF\u200F\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** Text that goes into the middle of a sentence: cannot turn the sentence's direction, whatever it contains. */
export function isolate(text: string): string {
  const plain = text.replace(controls, '');
  return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain;
}

/** What a person typed on one line: escaped, its direction its own. */
export function userText(text: string): Markup {
  return new Markup(`<bdi>${escapeHtml(text.replace(controls, ''))}</bdi>`);
}

/** What a person typed on several lines: one isolated block, line breaks kept, at most one empty line in a row. */
export function userLines(text: string): Markup {
  const plain = text
    .replace(controls, '')
    .replace(/\r\n?/g, '\n')
    .trim()
    .replace(/\n{3,}/g, '\n\n');
  return new Markup(`<span class="user-text" dir="auto">${escapeHtml(plain).replace(/\n/g, '<br>')}</span>`);
}
