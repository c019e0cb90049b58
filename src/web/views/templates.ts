import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { translate } from '../../platform/language.ts';
import { assetAddress } from './assets.ts';
import { languageOf, plainHelpers, wordHelpers, type Helper, type Options } from './helpers.ts';
import { Markup } from './markup.ts';

export const viewsFolder = fileURLToPath(new URL('../../../views/', import.meta.url));
type Template = (context: Record<string, unknown>) => string;

/** How templates are compiled, on the server and for the page: a partial sees only what it is handed, and `@root`. */
export const compileOptions = { explicitPartialContext: true, preventIndent: true } as const;

/** Names of all partials: the path below views/partials/ without `.hbs`. */
export function partialNames(): string[] {
  return readdirSync(`${viewsFolder}partials`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.hbs'))
    .map((name) => name.slice(0, -'.hbs'.length).replaceAll('\\', '/'))
    .sort();
}

const pageHelpers: Record<string, Helper> = {
  asset: (name) => assetAddress(String(name)),
  // A view asks for its bundle of src/browser/<name>.ts; the layout loads it
  script: (name, options) => {
    const { root } = (options as Options).data;
    root.scripts = [...new Set([...((root.scripts as string[] | undefined) ?? []), String(name)])];
    return '';
  },
  // Address of this page in the other language
  'in-language': (language, options) => {
    const path = String((options as Options).data.root.path ?? '/');
    const address = new URL(path, 'http://local');
    address.searchParams.set('lang', String(language));
    return address.pathname + address.search;
  },
  // A link inside a sentence: {{{link-in 'key' href='/x'}}} with the words in [brackets] of the sentence
  'link-in': (key, options) => {
    const { hash } = options as Options;
    const { href, ...params } = hash;
    const sentence = Handlebars.escapeExpression(translate(languageOf(options as Options), String(key), params));
    const address = Handlebars.escapeExpression(String(href));
    return new Markup(sentence.replace(/\[(.+?)\]/, (_, words: string) => `<a href="${address}">${words}</a>`));
  },
};

/** One set of compiled templates. `strict`: printing a value that is not there throws. */
export class Templates {
  private readonly compiler = Handlebars.create();
  private readonly compiled = new Map<string, Template>();
  private readonly options: { strict: boolean; cache: boolean };

  constructor(options: { strict: boolean; cache: boolean }) {
    this.options = options;
    const helpers = { ...wordHelpers(translate), ...plainHelpers, ...pageHelpers };
    for (const [name, helper] of Object.entries(helpers)) this.compiler.registerHelper(name, helper);
    this.loadPartials();
  }

  /** Draws a view (its path below views/ without `.hbs`); a name that ends in `.text` is plain text, not HTML. */
  draw(name: string, context: Record<string, unknown>): string {
    if (!this.options.cache) this.loadPartials();
    return this.template(name)(context);
  }

  private template(name: string): Template {
    const known = this.compiled.get(name);
    if (known && this.options.cache) return known;
    const source = readFileSync(`${viewsFolder}${name}.hbs`, 'utf8');
    const template: Template = this.compiler.compile(source, {
      ...compileOptions,
      strict: this.options.strict,
      noEscape: name.endsWith('.text'),
    });
    this.compiled.set(name, template);
    return template;
  }

  private loadPartials(): void {
    for (const name of partialNames()) {
      const source = readFileSync(`${viewsFolder}partials/${name}.hbs`, 'utf8');
      this.compiler.registerPartial(
        name,
        this.compiler.compile(source, { ...compileOptions, strict: this.options.strict }),
      );
    }
  }
}
