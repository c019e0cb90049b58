import { type Request, type Response, Router } from 'express';
import { stringify } from 'csv-stringify/sync';
import { hasRole } from '../kernel/actor.ts';
import { forbidden } from '../kernel/errors.ts';
import { translate } from '../platform/language.ts';
import { actorOf } from '../web/actor.ts';
import type { OpenRow } from './row.ts';
import { figuresOf, openData } from './queries.ts';
import { figuresView } from './views.ts';

/** /statistics: does the city answer; every figure with what it is made of. */
export const pages = Router();

async function model(request: Request) {
  const { language } = actorOf(request);
  return figuresView(await figuresOf(request.query), language);
}

pages.get('/statistics', async (request: Request, response: Response) => {
  const { language } = actorOf(request);
  response.render('statistics/index', { title: translate(language, 'statistics.title'), ...(await model(request)) });
});

const columns = [
  'department',
  'kind',
  'box',
  'valid',
  'received',
  'due',
  'replied',
  'onTime',
  'handlingDays',
  'satisfaction',
  'solved',
] as const satisfies readonly (keyof OpenRow)[];

/** A cell a table program takes for text: names of departments are typed by people. */
const inert = (cell: string): string => (/^[\s=+\-@]/.test(cell) ? `'${cell}` : cell);

/** The open data: one line a letter, without number, text or person. The last column says up to when they count. */
pages.get('/statistics/letters.csv', async (request: Request, response: Response) => {
  const { rows, period } = await openData(request.query);
  const lines = rows.map((row) => [...columns.map((column) => inert(String(row[column] ?? ''))), period.cutoff]);
  const body = stringify([[...columns, 'asOf'], ...lines]);
  const name = `letters-${period.from}-${period.until}.csv`;
  response
    .attachment(name)
    .type('text/csv; charset=utf-8')
    .set('Cache-Control', 'public, max-age=60')
    .send(`\uFEFF${body}`);
});

/** The same figures beside the supervision board. */
export const office = Router();
office.get('/supervision/figures', async (request: Request, response: Response) => {
  const actor = actorOf(request);
  if (!hasRole(actor, 'supervisor', 'clerk', 'head')) throw forbidden();
  const say = (key: string) => translate(actor.language, `mailbox-office.supervision-tabs.${key}`);
  const address = { board: '', figures: '/figures', resurvey: '/resurvey', topics: '/topics' };
  response.render('statistics/office', {
    layout: 'office',
    title: translate(actor.language, 'statistics.title'),
    tabs: Object.entries(address).map(([tab, end]) => ({
      href: `/office/supervision${end}`,
      text: say(tab),
      current: tab === 'figures',
    })),
    ...(await model(request)),
  });
});
