import { describe, expect, it } from '@jest/globals';
import { languages, type Language } from '../src/kernel/language.ts';
import { flatWords, readWords } from '../src/platform/language.ts';
import { isMentioned } from '../src/web/views/mentions.ts';
import { allMentions, demandedKeys, untranslatedIn, views } from './support/sources.ts';

// How a key is found: it stands as a quoted text somewhere in src/ or views/. A key that is put together is
// mentioned by its quoted beginning: (concat 'interview.phases.' phase) or `errors.titles.${status}` mention all
// keys that begin so. Settings mention `<area>.settings.<rest>.name` and `.explanation`; a mail template
// views/mails/identity/code.*.hbs mentions `identity-mails.code.subject`. See src/web/views/mentions.ts.

const plural = /_(zero|one|two|few|many|other)$/;
const flat = new Map<Language, ReadonlyMap<string, string>>(
  languages.map((language) => [language, flatWords(language)]),
);
const wordsOf = (language: Language) => flat.get(language) ?? new Map<string, string>();
const baseKeys = (language: Language) => new Set([...wordsOf(language).keys()].map((key) => key.replace(plural, '')));

describe.each(languages)('the words in %s', (language) => {
  it('have every key that pages and program ask for', () => {
    const [keys, areas] = [baseKeys(language), new Set(Object.keys(readWords(language)))];
    const missing = [...demandedKeys(areas)].filter(([key]) => !keys.has(key));
    expect(missing.map(([key, file]) => `${key} (${file})`)).toEqual([]);
  });

  it('have no key that nobody asks for', () => {
    const mentions = allMentions();
    const unused = [...wordsOf(language).keys()].filter((key) => !isMentioned(key, mentions));
    expect(unused.filter((key) => !/^[\w-]+-mails\.[\w-]+\.subject$/.test(key))).toEqual([]);
  });

  it('have every plural form of the language', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const counted = [...wordsOf(language).keys()]
      .filter((key) => plural.test(key))
      .map((key) => key.replace(plural, ''));
    const lacking = counted
      .flatMap((key) => forms.map((form) => `${key}_${form}`))
      .filter((key) => !wordsOf(language).has(key));
    expect(lacking).toEqual([]);
  });

  it('say something', () => {
    expect([...wordsOf(language)].filter(([, words]) => words.trim() === '').map(([key]) => key)).toEqual([]);
  });
});

it('both languages have the same keys and fill in the same values', () => {
  const valuesIn = (words: string) => new Set([...words.matchAll(/\{\{\s*([\w-]+)/g)].map(([, name]) => name));
  const sentences = (language: Language) => {
    const byKey = new Map<string, Set<string | undefined>>();
    for (const [key, words] of wordsOf(language)) {
      const base = key.replace(plural, '');
      byKey.set(base, new Set([...(byKey.get(base) ?? []), ...valuesIn(words)]));
    }
    return [...byKey].map(([key, values]) => `${key} ${[...values].sort().join(' ')}`.trim()).sort();
  };
  expect(sentences('en')).toEqual(sentences('zh-CN'));
});

it('no view says anything that is not in locales/', () => {
  expect(views.flatMap((view) => untranslatedIn(view).map((words) => `${view.file}: ${words}`))).toEqual([]);
});

it('finds what is not translated', () => {
  const found = (text: string, file = 'x.hbs') => untranslatedIn({ file, text });
  expect(found('<p>你好 {{t "a.b"}}</p>')).toEqual(['你好']);
  expect(found('<input placeholder="Name {{x}}">')).toHaveLength(1);
  expect(found("{{> button text='Send'}}")).toHaveLength(1);
  expect(found("<p class=\"a\">{{t 'a.b'}} · 1/2 &nbsp;</p>{{> button text=(t 'a.b')}}")).toEqual([]);
  expect(found('Hello {{name}}', 'mail.text.hbs')).toHaveLength(1);
});
