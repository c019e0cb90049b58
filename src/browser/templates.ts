import Handlebars from 'handlebars/runtime.js';
import { specifications } from 'wenzheng:templates';
import { plainHelpers, wordHelpers } from '../web/views/helpers.ts';
import { language, t } from './words.ts';

const runtime = Handlebars.create();
const helpers = { ...wordHelpers((_, key, params) => t(key, params)), ...plainHelpers };
for (const [name, helper] of Object.entries(helpers)) runtime.registerHelper(name, helper);

type Draw = (row: object, options: { data: object }) => string;
const templates = new Map<string, Draw>();
for (const [name, specification] of Object.entries(specifications)) {
  const template = runtime.template(specification);
  runtime.registerPartial(name, template);
  templates.set(name, template as Draw);
}

const csrfToken = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? '';

/**
 * Draws a row with the partial the server uses, `views/partials/<name>.hbs` (its last part begins with `live-`).
 * `context` is what the partial finds under `@root`, beside `language` and `csrfToken`. The name must stand in the
 * source as a literal: the bundle carries only the partials it names.
 */
export function draw(name: string, row: object, context: Readonly<Record<string, unknown>> = {}): DocumentFragment {
  const template = templates.get(name);
  if (!template) throw new Error(`No template ${name} in this bundle`);
  const html = template(row, { data: { root: { ...context, language, csrfToken } } });
  return document.createRange().createContextualFragment(html.trim());
}
