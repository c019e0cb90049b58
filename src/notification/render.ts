import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { config } from '../config.ts';
import type { Language } from '../kernel/language.ts';
import { translate } from '../platform/language.ts';
import { renderView } from '../web/views/engine.ts';
import { Markup } from '../web/views/markup.ts';

const css = readFileSync(fileURLToPath(new URL('../../views/mails/mail.css', import.meta.url)), 'utf8');
// Only programs that read mail meet this; pages of the site carry no inline style
const styles = new Markup(`<style>\n${css}</style>`);

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

/**
 * Takes a template (`identity/code` = views/mails/identity/code.text.hbs and .html.hbs), the language and what the
 * template prints. The subject is the sentence `identity-mails.code.subject`, which may use the same values.
 */
export async function renderMail(
  template: string,
  language: Language,
  data: Readonly<Record<string, unknown>>,
  unsubscribeUrl?: string,
): Promise<RenderedMail> {
  const subject = translate(language, subjectKey(template), data);
  const model = { ...data, subject, styles, baseUrl: config.baseUrl, unsubscribeUrl: unsubscribeUrl ?? null };
  const [text, html] = await Promise.all([
    renderView(`mails/${template}.text`, { ...model, layout: 'mail.text' }, language),
    renderView(`mails/${template}.html`, { ...model, layout: 'mail' }, language),
  ]);
  return { subject, text: `${text.replace(/\n{3,}/g, '\n\n').trim()}\n`, html };
}

/** `identity/code` → `identity-mails.code.subject`. */
export function subjectKey(template: string): string {
  const [area, ...rest] = template.split('/');
  return `${area}-mails.${rest.join('-')}.subject`;
}
