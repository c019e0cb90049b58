import { asLanguage, defaultLanguage, type Language } from '../kernel/language.ts';

type Words = Readonly<Record<string, string>>;

/** Language of the page. */
export const language: Language = asLanguage(document.documentElement.lang) ?? defaultLanguage;

const block = document.getElementById('words');
const words: Words = block ? (JSON.parse(block.textContent ?? '{}') as Words) : {};
const numbers = new Intl.NumberFormat(language);
const plurals = new Intl.PluralRules(language);

/**
 * Gives the sentence of a key, as `t` in templates does. The layout embeds the sentences whose keys stand in the
 * bundle's sources as literals; `count` chooses the plural, `{{count, number}}` in a sentence groups its digits.
 */
export function t(key: string, params: Readonly<Record<string, unknown>> = {}): string {
  const plural = typeof params.count === 'number' ? words[`${key}_${plurals.select(params.count)}`] : undefined;
  const sentence = plural ?? words[`${key}_other`] ?? words[key];
  if (sentence === undefined) return key;
  return sentence.replace(/\{\{\s*([\w-]+)\s*(,\s*number\s*)?\}\}/g, (_, name: string, asNumber?: string) =>
    asNumber ? numbers.format(Number(params[name])) : String(params[name] ?? ''),
  );
}
