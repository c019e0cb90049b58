import { asLanguage, defaultLanguage, type Language } from '../../kernel/language.ts';
import { now } from '../../kernel/time.ts';
import { escapeHtml, isolate, Markup, userLines, userText } from './markup.ts';
import { timeWords, writeDate, type DateStyle } from './timeWords.ts';

/** What Handlebars hands to every helper as its last argument. */
export interface Options {
  hash: Record<string, unknown>;
  data: { root: Record<string, unknown> };
  fn?: (context: unknown) => string;
}
export type Helper = (...given: unknown[]) => unknown;
type Translate = (language: Language, key: string, params?: Record<string, unknown>) => string;

/** Language of the page that is being drawn. */
export function languageOf(options: Options): Language {
  return asLanguage(options.data.root.language) ?? defaultLanguage;
}

/** Takes a helper of one value; refuses to be called without, which happens when a field has the helper's name. */
function ofValue(name: string, draw: (value: unknown, options: Options) => unknown): Helper {
  return (...given) => {
    if (given.length < 2) throw new Error(`${name} is a helper: for a field of that name write {{this.${name}}}`);
    return draw(given[0], given[1] as Options);
  };
}

function asDate(value: unknown): Date {
  const moment = value instanceof Date ? value : new Date(value as string | number);
  if (Number.isNaN(moment.getTime())) throw new Error(`Not a moment: ${String(value)}`);
  return moment;
}

function timeTag(options: Options, moment: Date, words: string, ticks: boolean): Markup {
  if (options.data.root.plainText) return new Markup(words);
  const title = writeDate(moment, 'exact', languageOf(options));
  const attributes = `datetime="${moment.toISOString()}" title="${escapeHtml(title)}"${ticks ? ' data-ticks' : ''}`;
  return new Markup(`<time ${attributes}>${escapeHtml(words)}</time>`);
}

function numberWords(value: unknown, language: Language, digits = 0): string {
  const format = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return format.format(Number(value));
}

function isolated(params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? isolate(value) : value]),
  );
}

/** Values without the options that Handlebars adds at the end. */
const values = (given: unknown[]) => given.slice(0, -1);

/** The helpers that speak a language, for server and page alike; `translate` is where the sentences come from. */
export function wordHelpers(translate: Translate): Record<string, Helper> {
  const sayIn = (language: Language) => (key: string, params?: Record<string, unknown>) =>
    translate(language, key, params);
  return {
    t: ofValue('t', (key, options) => translate(languageOf(options), String(key), isolated(options.hash))),
    // A kernel Message { key, params } as refusals and flashes carry it
    say: ofValue('say', (value, options) => {
      const message = value as { key: string; params?: Record<string, unknown> };
      return translate(languageOf(options), message.key, isolated(message.params ?? {}));
    }),
    time: ofValue('time', (value, options) => {
      if (value === null || value === undefined) return '';
      const [moment, language] = [asDate(value), languageOf(options)];
      const words = timeWords(moment, now(), language, sayIn(language));
      return timeTag(options, moment, words, true);
    }),
    date: ofValue('date', (value, options) => {
      if (value === null || value === undefined) return '';
      const [moment, language] = [asDate(value), languageOf(options)];
      const style = (options.hash.style ?? 'date') as DateStyle;
      return timeTag(options, moment, writeDate(moment, style, language), false);
    }),
    number: ofValue('number', (value, options) =>
      numberWords(value, languageOf(options), Number(options.hash.digits ?? 0)),
    ),
    // Several names as a language lists them: “甲、乙和丙”, “A, B, and C”
    names: ofValue('names', (value, options) => {
      const format = new Intl.ListFormat(languageOf(options), { type: 'conjunction' });
      return format.format((value as readonly unknown[]).map(String));
    }),
    rate: (part, whole, options) => {
      const language = languageOf(options as Options);
      if (Number(whole) === 0) return translate(language, 'page.rate-none');
      return translate(language, 'page.rate', {
        percent: numberWords((100 * Number(part)) / Number(whole), language, 1),
        part: numberWords(part, language),
        whole: numberWords(whole, language),
      });
    },
  };
}

/** What {{#if}} takes for true: an empty list is not. */
const isSome = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** The helpers without words: small logic, and text that people typed. */
export const plainHelpers: Record<string, Helper> = {
  eq: (left, right) => left === right,
  and: (...given) => values(given).every(isSome),
  or: (...given) => values(given).find(isSome) ?? false,
  not: (value) => !isSome(value),
  // An object without entries is true for {{#if}}
  filled: (value) => typeof value === 'object' && value !== null && Object.keys(value).length > 0,
  chosen: (value, given) => (Array.isArray(given) ? given.includes(value) : given === value),
  percent: (part, whole) => (Number(whole) > 0 ? ((100 * Number(part)) / Number(whole)).toFixed(1) : '0'),
  concat: (...given) => values(given).join(''),
  user: ofValue('user', (value) => userText(String(value ?? ''))),
  lines: ofValue('lines', (value) => userLines(String(value ?? ''))),
  // For <script type="application/json">: no sign that could end the block
  json: ofValue('json', (value) => new Markup(JSON.stringify(value ?? null).replace(/</g, '\\u003c'))),
};
