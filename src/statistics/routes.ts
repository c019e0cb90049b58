import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { forbidden, notFound } from '../kernel/errors.ts';
import { parse } from '../kernel/parse.ts';
import { lettersBehind, seesBoard, supervisionTabs } from '../mailbox/index.ts';
import { departmentById, departmentName, leagues } from '../organization/index.ts';
import { translate } from '../platform/language.ts';
import { actorOf } from '../web/actor.ts';
import { compareView, orders } from './compare.ts';
import { setsOf, type SetName } from './measures.ts';
import { openDataFile, openDataModel } from './openData.ts';
import { departmentFigures, figuresOf, lettersOfSet, openData, periodOf } from './queries.ts';
import { rankingPublic } from './settings.ts';
import { departmentView, figuresView, type LinkOf } from './views.ts';

/** /statistics: does the city answer; every figure with what it is made of. */
export const pages = Router();

/** What the address asks for: an order of the departments, or none. */
const lookOf = (query: unknown) => ({
  ranking: rankingPublic.value(),
  wished: parse(z.object({ by: z.enum(orders).optional().catch(undefined) }), query).by,
});

pages.get('/statistics', async (request: Request, response: Response) => {
  const { language } = actorOf(request);
  response.render('statistics/index', {
    title: translate(language, 'statistics.title'),
    ...compareView(await figuresOf(request.query), { language, ...lookOf(request.query) }),
  });
});

/** All departments of one league 组别. */
pages.get('/statistics/departments', async (request: Request, response: Response) => {
  const { language } = actorOf(request);
  const chosen = z.enum(leagues).safeParse(request.query['league']);
  const only = chosen.success ? chosen.data : leagues[0];
  response.render('statistics/departments', {
    title: translate(language, `statistics.leagues.${only}`),
    league: only,
    ...compareView(await figuresOf(request.query), { language, only, ...lookOf(request.query) }),
  });
});

/** Everything about one department. */
pages.get('/statistics/departments/:id', async (request: Request, response: Response) => {
  const { language } = actorOf(request);
  const department = await departmentById(String(request.params['id']));
  if (!department) throw notFound();
  const figures = await departmentFigures(request.query, department.id);
  response.render('statistics/department', {
    title: departmentName(department, language),
    ...departmentView(figures, language, rankingPublic.value()),
  });
});

/** /open-data: the facts that every public figure is counted from. */
pages.get('/open-data', async (request: Request, response: Response) => {
  const { language } = actorOf(request);
  response.render('statistics/open-data', openDataModel(await openData(request.query), language));
});

pages.get(['/open-data/letters.csv', '/statistics/letters.csv'], async (request: Request, response: Response) => {
  const { name, body } = openDataFile(await openData(request.query));
  response.attachment(name).type('text/csv; charset=utf-8').set('Cache-Control', 'public, max-age=60').send(body);
});

/** The same figures beside the supervision board, where every number leads to its letters. */
export const office = Router();
const address = '/office/supervision/figures';

office.use('/supervision/figures', (request, _response, next) => {
  if (!seesBoard(actorOf(request))) throw forbidden('mailbox.errors.not-your-part');
  next();
});

office.get('/supervision/figures', async (request: Request, response: Response) => {
  const actor = actorOf(request);
  const { language } = actor;
  const { from, until } = periodOf(request.query);
  const linkFor =
    (department: string, month?: string): LinkOf =>
    (set) =>
      `${address}/letters?${new URLSearchParams({ from: month ?? from, until: month ?? until, department, set }).toString()}`;
  response.render('statistics/office', {
    layout: 'office',
    title: translate(language, 'statistics.title'),
    tabs: supervisionTabs(actor, 'figures'),
    ...figuresView(await figuresOf(request.query), language, linkFor),
  });
});

const setNames = Object.keys(setsOf([], { from: '', until: '', cutoff: '' })) as [SetName, ...SetName[]];
const behindSchema = z.object({
  set: z.enum(setNames).catch('received').default('received'),
  department: z.string().max(40).catch('').default(''),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});

/** The letters behind one number. */
office.get('/supervision/figures/letters', async (request: Request, response: Response) => {
  const actor = actorOf(request);
  const { set, department, page } = parse(behindSchema, request.query);
  const { from, until } = periodOf(request.query);
  const ids = await lettersOfSet(request.query, set, department);
  const here = new URLSearchParams({ from, until, department, set }).toString();
  const known = department ? await departmentById(department) : undefined;
  response.render('mailbox/staff/behind', {
    layout: 'office',
    title: translate(actor.language, `statistics.sets.${set}`),
    name: known ? departmentName(known, actor.language) : '',
    period: from === until ? from : `${from} – ${until}`,
    backHref: `${address}?${new URLSearchParams({ from, until }).toString()}`,
    ...(await lettersBehind(actor, ids, `${address}/letters?${here}`, page)),
  });
});
