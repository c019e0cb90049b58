import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { translate } from '../../platform/language.ts';
import { plainHelpers, wordHelpers, type Options } from './helpers.ts';
import { Markup } from './markup.ts';
import { pageHelpers } from './pageHelpers.ts';

export const viewsFolder = fileURLToPath(new URL('../../../views/', import.meta.url));
type Partial = (context: object, options: { data: object }) => string;
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

/** One set of compiled templates. `strict`: printing a value that is not there throws. */
export class Templates {
  private readonly compiler = Handlebars.create();
  private readonly compiled = new Map<string, Template>();
  private readonly options: { strict: boolean; cache: boolean };

  constructor(options: { strict: boolean; cache: boolean }) {
    this.options = options;
    const helpers = { ...wordHelpers(translate), ...plainHelpers, ...pageHelpers };
    for (const [name, helper] of Object.entries(helpers)) this.compiler.registerHelper(name, helper);
    this.compiler.registerHelper('wrap', this.wrapHelper());
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

  /** {{#wrap 'notice' tone='attention'}}…{{/wrap}}: the block, drawn where it stands, becomes the partial's `content`. */
  private wrapHelper() {
    const { partials } = this.compiler as unknown as { partials: Record<string, Partial> };
    return function wrap(this: unknown, name: string, options: Options) {
      const partial = partials[name];
      if (!partial || !options.fn) throw new Error(`Nothing to wrap with: ${name}`);
      const content = new Markup(options.fn(this));
      return new Markup(partial({ ...options.hash, content }, { data: options.data }));
    };
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
