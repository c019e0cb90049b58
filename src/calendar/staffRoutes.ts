import { type Request, type Response, Router } from 'express';
import { forbidden, type Refusal } from '../kernel/errors.ts';
import type { Language } from '../kernel/language.ts';
import { cityDay } from '../kernel/calendar.ts';
import { now } from '../kernel/time.ts';
import { translate } from '../platform/language.ts';
import { actorOf } from '../web/actor.ts';
import { formAction } from '../web/form.ts';
import { redirectWith } from '../web/respond.ts';
import { enterYear } from './actions/enterYear.ts';
import { canEnterCalendar, canSeeCalendar } from './policy.ts';
import { calendarYear } from './queries.ts';

/** /office/calendar: what the city knows of a year, and the form for the yearly notice. */
export const calendarOffice = Router();

calendarOffice.get('/calendar', (request, response) => show(request, response));

calendarOffice.post(
  '/calendar',
  formAction(
    async (request, response) => {
      const { year, days } = await enterYear(actorOf(request), request.body);
      redirectWith(response, `/office/calendar?year=${year}`, { key: 'calendar.entered', params: { year, days } });
    },
    (request, response, refusal) => show(request, response, refusal),
  ),
);

async function show(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const actor = actorOf(request);
  if (!canSeeCalendar(actor)) throw forbidden();
  const language = response.locals.language as Language;
  const say = (key: string, params?: Record<string, unknown>) => translate(language, `calendar.${key}`, params);
  const typed = (request.body ?? {}) as { year?: unknown; text?: unknown };
  const thisYear = Number(cityDay(now()).slice(0, 4));
  const year = yearOf(typed.year ?? request.query.year) ?? thisYear;
  const known = await calendarYear(year);
  const years = [...new Set([...known.years, thisYear, thisYear + 1])].sort((one, other) => one - other);
  response.render('calendar/staff/year', {
    layout: 'office',
    title: say('title'),
    year,
    covered: known.covered,
    workingDays: known.workingDays,
    entered: known.entered,
    mayEnter: canEnterCalendar(actor),
    tabs: years.map((one) => ({ href: `/office/calendar?year=${one}`, text: String(one), current: one === year })),
    columns: ['days', 'kind', 'name'].map((column) => ({ label: say(`columns.${column}`) })),
    rows: known.spans.map(({ from, to, working, name }) => ({
      cells: [from === to ? from : `${from} – ${to}`, say(working ? 'working' : 'free'), name],
    })),
    text: typeof typed.text === 'string' ? typed.text : '',
    errors: refusal?.fields,
    takesAway: refusal?.fields.confirm,
    fault: refusal?.fields.text,
  });
}

function yearOf(value: unknown): number | undefined {
  const year = Number(value);
  return typeof value === 'string' && Number.isInteger(year) && year >= 2018 && year <= 2100 ? year : undefined;
}
