import { languages } from '../../kernel/language.ts';
import { now } from '../../kernel/time.ts';
import { translate } from '../../platform/language.ts';
import { assetAddress } from './assets.ts';
import { browserWords } from './browserWords.ts';
import { formatted } from './formatted.ts';
import { languageOf, type Helper, type Options } from './helpers.ts';
import { escapeHtml, Markup } from './markup.ts';

type Root = Record<string, unknown>;
const rootOf = (options: unknown): Root => (options as Options).data.root;
const scriptsOf = (root: Root) => (root.scripts as string[] | undefined) ?? [];

/** Address of the page that is being drawn, with its query. */
const hereOf = (root: Root) => String(root.currentUrl ?? root.path ?? '/');

/** Helpers that exist on the server only: addresses, scripts and what belongs to the whole page. */
export const pageHelpers: Record<string, Helper> = {
  asset: (name) => assetAddress(String(name)),
  present: () => now(),
  here: (...given) => hereOf(rootOf(given.at(-1))),
  // What an organiser typed with light marks
  formatted: (text) => formatted(String(text ?? '')),
  'other-language': (options) => languages.find((language) => language !== languageOf(options as Options)),

  // Address of this page in another language
  'in-language': (language, options) => {
    const address = new URL(hereOf(rootOf(options)), 'http://local');
    address.searchParams.set('lang', String(language));
    return address.pathname + address.search;
  },

  // A view asks for the bundle of src/browser/<name>.ts; the layout loads it
  script: (name, options) => {
    const root = rootOf(options);
    root.scripts = [...new Set([...scriptsOf(root), String(name)])];
    return '';
  },
  'browser-scripts': (options) => {
    const names = ['page', ...scriptsOf(rootOf(options))];
    return { names, words: browserWords(names, languageOf(options as Options)) };
  },

  // Attributes that tie a control to its hint, its fault and its greatest length
  'field-state': (options) => {
    const { name, hint, error, max, required } = (options as Options).hash;
    const notes = [hint && `hint-${String(name)}`, error && `error-${String(name)}`].filter(Boolean).join(' ');
    const attributes = [
      required && 'required',
      max && `data-max="${Number(max)}"`,
      error && 'aria-invalid="true"',
      notes && `aria-describedby="${escapeHtml(notes)}"`,
    ].filter(Boolean);
    return new Markup(attributes.map((attribute) => ` ${String(attribute)}`).join(''));
  },

  // A link inside a sentence: {{link-in 'key' href='/x'}} makes the words in [brackets] the link
  'link-in': (key, options) => {
    const { href, ...params } = (options as Options).hash;
    const sentence = escapeHtml(translate(languageOf(options as Options), String(key), params));
    const link = (_: string, words: string) => `<a href="${escapeHtml(String(href))}">${words}</a>`;
    return new Markup(sentence.replace(/\[(.+?)\]/, link));
  },
};
