import type { DeskContext } from '../../interview/cards.ts';
import { act, joinRoom, type Outcome, type Row } from '../live/index.ts';
import { draw } from '../templates.ts';
import { t } from '../words.ts';
import { shortenLists, showMoreAfter } from './more.ts';
import { followState } from './followState.ts';
import { showOrder } from './order.ts';
import { drawAnew } from './patchList.ts';
import { roomData, showOnline, showState, valuesOf } from './status.ts';
import { switchTabs } from './tabs.ts';

/** What the server tells every desk's page. */
export interface DeskData {
  id: string;
  desk: string;
  base: string;
  me: string;
  open: boolean;
  stateTones: object;
  mineTones: object;
  [more: string]: unknown;
}

export const desk = roomData<DeskData>();
/** The room's rows by id, as the desk sees them. */
export const rows = new Map<string, Row>();
export const votes: Record<string, number> = {};
export const rowsOf = (kind: string) => [...rows.values()].filter((row) => row.kind === kind);
export const context: Record<string, unknown> = { ...desk };
/** What the cards of this desk depend on beside their rows. */
export function cardContext(): DeskContext {
  const onStage = rows.get('stage')?.['questionId'] as string | null | undefined;
  return {
    base: desk.base,
    me: desk.me,
    votes,
    onStage: onStage ?? null,
    departments: (desk['departments'] ?? []) as string[],
    reviewed: desk['reviewed'] === true,
    upNext: ((rows.get('next')?.['questions'] ?? []) as { id: string }[]).map(({ id }) => id),
  };
}
export const element = <Kind extends HTMLElement = HTMLElement>(id: string) =>
  document.getElementById(id) as Kind | null;

/**
 * Says at the top of the window what went wrong, or what was done; an empty sentence clears it. The page stays where it
 * is read: what is said lies above it.
 */
export function tell(sentence: string, tone: 'attention' | 'done' = 'attention'): void {
  const place = element('desk-told');
  if (!place) return;
  place.replaceChildren();
  if (sentence === '') return;
  const box = document.createElement('div');
  box.className = `notice notice-${tone} desk-said`;
  box.textContent = sentence;
  place.append(box);
}

/** Whether what is told is that the line was cut: it is over when the line is back. */
let toldOfLine = false;
function showLine(state: Parameters<typeof showState>[0]): void {
  showState(state);
  if (state !== 'live' || !toldOfLine) return;
  toldOfLine = false;
  tell('');
}

/** The sentence of an outcome that was not taken. */
export function sentenceOf(outcome: Extract<Outcome, { ok: false }>): string {
  const { message, fields } = outcome.error;
  return Object.values(fields)[0] ?? (message || t('page.connection.offline'));
}

/** Does an act of this desk, `publish` or `phase`; tells what went wrong. */
export async function deskAct(name: string, input: object): Promise<Outcome> {
  // Joined, for a name that begins like a sentence's key would bring every sentence of interviews into the page
  const outcome = await act(['interview', desk.desk, name].join('.'), { ...input, interviewId: desk.id });
  tell(outcome.ok ? '' : sentenceOf(outcome));
  toldOfLine = !outcome.ok && ['offline', 'no-answer'].includes(outcome.error.code);
  return outcome;
}

/** Says beside the name of a sheet how many there are. */
export function countSheet(view: string, count: number): void {
  const place = document.querySelector(`[data-sheet-count="${view}"]`);
  if (place) place.textContent = String(count);
}

/** Joins the room; `redraw` is called with the kinds that changed, and when votes did. */
export function joinDesk(redraw: (kinds: ReadonlySet<string>) => void): void {
  const stateAtFirst = { known: '' };
  const sheets = document.querySelector<HTMLElement>('[data-desk]');
  if (sheets) switchTabs(sheets);
  shortenLists(document);
  joinRoom({
    kind: 'interview',
    id: desk.id,
    audience: 'desk',
    since: 0,
    onRows: (fresh) => {
      for (const row of fresh) rows.set(row.id, row);
      for (const row of fresh) if (row.gone) rows.delete(row.id);
      showPhase(fresh, stateAtFirst, () => redraw(new Set(['phase', ...fresh.map(({ kind }) => kind)])));
      showOrder(fresh, context);
      redraw(new Set(fresh.map(({ kind }) => kind)));
    },
    onPersonal: () => undefined,
    onCounters: (counters) => {
      showOnline(counters);
      if (typeof counters['votes'] !== 'object') return;
      Object.assign(votes, counters['votes']);
      // Ahead of the first rows there is nothing to draw: what the server drew stays
      if (rows.size > 0) redraw(new Set(['votes']));
    },
    onState: showLine,
  });
}

function showPhase(fresh: readonly Row[], state: { known: string }, redraw: () => void): void {
  const phase = fresh.find(({ id }) => id === 'phase');
  if (!phase) return;
  element('room-phase')?.replaceChildren(draw('interview/live-phase', phase, context));
  const now = String(phase['state']);
  if (state.known !== '' && state.known !== now) {
    void followState((data) => {
      Object.assign(desk, data);
      Object.assign(context, data);
      drawAnew();
      redraw();
    });
  }
  state.known = now;
}

/** Sends the desk's small forms without leaving the page. `done` hears of each that was taken. */
export function sendOnTheSpot(done: (act: string, form: HTMLFormElement) => void): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    const pressed = event.submitter?.getAttribute('name') === 'act' ? event.submitter.getAttribute('value') : null;
    const name = form.dataset['act'] && (pressed ?? form.dataset['act']);
    if (!name) return;
    event.preventDefault();
    if (form.dataset['busy']) return;
    form.dataset['busy'] = '1';
    const id = form.closest<HTMLElement>('[data-id]')?.dataset['id'];
    const which = id ? { questionId: id, turnId: id } : {};
    void deskAct(name, { ...which, ...valuesOf(form, event.submitter), ...ticked(form) }).then((outcome) => {
      delete form.dataset['busy'];
      if (!outcome.ok) return;
      closeFold(form);
      done(name, form);
    });
  });
}

/** Closes the fold of a form that was sent; the keyboard goes from it to the thing that it belongs to. */
function closeFold(form: HTMLFormElement): void {
  const fold = form.closest('details');
  if (!fold) return;
  if (fold.contains(document.activeElement))
    form.closest<HTMLElement>('[data-id][tabindex]')?.focus({ preventScroll: true });
  fold.removeAttribute('open');
}

/** Boxes of a form that are ticked, as lists. */
function ticked(form: HTMLFormElement): Record<string, string[]> {
  const lists: Record<string, string[]> = {};
  for (const box of form.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')) {
    lists[box.name] = [...(lists[box.name] ?? []), ...(box.checked ? [box.value] : [])];
  }
  return lists;
}

/** Calls the handler of a key, unless somebody is typing or holds a modifier. */
export function onKeys(handlers: Readonly<Record<string, () => void>>): void {
  document.addEventListener('keydown', (event) => {
    const target = event.target as Element;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (target.closest('input, textarea, select, [contenteditable]')) {
      if (event.key === 'Escape') leaveField(target);
      return;
    }
    if (event.key === 'Enter' && target.closest('button, a, summary')) return;
    const handler = handlers[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!handler) return;
    event.preventDefault();
    handler();
  });
}

function leaveField(field: Element): void {
  const fold = field.closest('details');
  fold?.removeAttribute('open');
  (field.closest<HTMLElement>('[data-id]') ?? document.body).focus();
}

/** Moves the keyboard to the next or previous of some elements. */
export function step(selector: string, by: 1 | -1): void {
  const visible = () => [...document.querySelectorAll<HTMLElement>(selector)].filter((one) => !one.closest('[hidden]'));
  let all = visible();
  const here = all.findIndex((one) => one === document.activeElement || one.contains(document.activeElement));
  if (by === 1 && here !== -1 && here === all.length - 1 && showMoreAfter(all[here])) all = visible();
  const next = all[here === -1 ? (by === 1 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, here + by))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
