import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import i18next from 'i18next';
import { config } from '../config.ts';
import { defaultLanguage, languages, type Language } from '../kernel/language.ts';

export type Params = Readonly<Record<string, unknown>>;
/** The words of one language: area → key → … → sentence. */
export interface Words {
  [key: string]: string | Words;
}

const folder = fileURLToPath(new URL('../../locales/', import.meta.url));
const texts = i18next.createInstance();
/** A missing sentence throws in tests; a running program shows the key instead, which is ugly but keeps the page. */
const forgiving = config.mode !== 'test';

/** Gives everything said in one language, one entry a file of `locales/<language>/`. */
export function readWords(language: Language): Words {
  const files = readdirSync(`${folder}${language}`).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    files.map((name) => [
      name.slice(0, -'.json'.length),
      JSON.parse(readFileSync(`${folder}${language}/${name}`, 'utf8')) as Words,
    ]),
  );
}

void texts.init({
  initAsync: false,
  lng: defaultLanguage,
  fallbackLng: false,
  supportedLngs: [...languages],
  resources: Object.fromEntries(languages.map((language) => [language, { translation: readWords(language) }])),
  nsSeparator: false,
  interpolation: { escapeValue: false }, // escaping is the templates' work
  missingInterpolationHandler: (text: string, match: RegExpExecArray) => {
    if (!forgiving) throw new Error(`No value for ${match[0]} in “${text}”`);
    return '';
  },
});

/** True when there is a sentence for the key: for words that may be missing, such as those of another version's records. */
export const hasText = (language: Language, key: string): boolean => texts.exists(key, { lng: language });

/** Gives the sentence of a key (`area.key`) in a language; `params` fill its `{{names}}`, `count` chooses the plural. */
export function translate(language: Language, key: string, params: Params = {}): string {
  const options = { ...params, lng: language };
  if (!texts.exists(key, options)) {
    if (forgiving) return key;
    throw new Error(`No text for ${key} in ${language}`);
  }
  return texts.t(key, options);
}

/** Gives every key of one language with its sentence; plural forms keep their ending (`_one`, `_other`). */
export function flatWords(language: Language): ReadonlyMap<string, string> {
  const flat = new Map<string, string>();
  const add = (words: Words, prefix: string): void => {
    for (const [name, word] of Object.entries(words)) {
      if (typeof word === 'string') flat.set(prefix + name, word);
      else add(word, `${prefix}${name}.`);
    }
  };
  add(readWords(language), '');
  return flat;
}
