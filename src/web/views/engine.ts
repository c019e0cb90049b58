import { relative } from 'node:path';
import type { Express } from 'express';
import { config } from '../../config.ts';
import { defaultLanguage, type Language } from '../../kernel/language.ts';
import { Markup } from './markup.ts';
import { Templates, viewsFolder } from './templates.ts';

type Model = Record<string, unknown>;
const strictHere = config.mode === 'test';
let templates = new Templates({ strict: strictHere, cache: true });

/** Draws a view and, when one is named, its layout around it. */
function drawPage(name: string, model: Model, layout: string | undefined): string {
  const body = templates.draw(name, model);
  return layout ? templates.draw(`layouts/${layout}`, { ...model, body: new Markup(body) }) : body;
}

/**
 * Makes `response.render('interview/show', model)` draw views/interview/show.hbs inside views/layouts/public.hbs;
 * `layout` in the model names another one (office, bare), `layout: false` none.
 * Strict (in tests) throws when a view prints a value that is not there: optional values stand inside {{#if}}.
 */
export function registerViews(app: Express, options: { strict?: boolean; cache?: boolean } = {}): void {
  templates = new Templates({ strict: options.strict ?? strictHere, cache: options.cache ?? true });
  app.engine('hbs', (file: string, given: object, done: (error: unknown, page?: string) => void) => {
    try {
      const model: Model = { language: defaultLanguage, ...given };
      const layout = model.layout === false ? undefined : String(model.layout ?? 'public');
      done(null, drawPage(relative(viewsFolder, file).slice(0, -'.hbs'.length).replaceAll('\\', '/'), model, layout));
    } catch (error) {
      done(error);
    }
  });
  app.set('views', viewsFolder);
  app.set('view engine', 'hbs');
}

/**
 * Draws a view outside a request, for mails and records; `layout` in the model when one is wanted.
 * A name that ends in `.text` (views/mails/x.text.hbs) is plain text: nothing is escaped and moments are words only.
 */
export async function renderView(name: string, model: Model, language: Language): Promise<string> {
  const layout = typeof model.layout === 'string' ? model.layout : undefined;
  return drawPage(name, { ...model, language, plainText: name.endsWith('.text') }, layout);
}
