import { addDays, cityDay, cityMoment, dayOf, type Day, type SpecialDay, type WorkingCalendar } from './calendar.ts';

export type ClockUnit = 'working-days' | 'calendar-days' | 'hours';

/** The rule that makes a deadline; frozen with it. */
export interface ClockRule {
  /** The setting it came from, e.g. `mailbox.answer-consultation`. */
  key: string;
  amount: number;
  unit: ClockUnit;
  /** End of office hours, `17:00`: the last moment of a deadline in days. */
  closesAt: string;
}

/** The writer owes an answer from `from` to `to`; null while they still do. */
export interface Pause {
  from: Date;
  to: Date | null;
}

export interface Extension {
  at: Date;
  /** In the unit of the rule. */
  amount: number;
}

/** The part of the calendar a deadline was counted with: enough to explain it for ever. */
export interface CalendarSlice {
  until: Day;
  days: readonly (SpecialDay & { day: Day })[];
  coveredYears: readonly number[];
}

/** What was decided 时限: never changes but by an event of its own clock. */
export interface Deadline {
  /** Null while the clock stands still. */
  dueAt: Date | null;
  /** It reaches into days whose notice is not known yet. */
  provisional: boolean;
  decidedAt: Date;
  calendar: CalendarSlice;
  /** Set when somebody moved it because free days were announced after it had been counted. */
  moved?: { from: Date; at: Date; reason: string };
}

/** The clock of one stage 阶段时钟, as it is kept on the record. Plain values only. */
export interface StageClock {
  stage: string;
  rule: ClockRule;
  startedAt: Date;
  pauses: readonly Pause[];
  extensions: readonly Extension[];
  endedAt: Date | null;
  deadline: Deadline;
}

/**
 * Starts a clock. Counting follows the Civil Code 民法典: the day of the beginning is not counted, hours run from
 * the moment itself (art. 201), a last day that is free moves to the next working day and ends with office hours
 * (art. 203). Working days leave out every free day (after 行政许可法 art. 82) and take in make-up days.
 */
export function startClock(stage: string, rule: ClockRule, at: Date, calendar: WorkingCalendar): StageClock {
  const clock = { stage, rule, startedAt: at, pauses: [], extensions: [], endedAt: null };
  return { ...clock, deadline: decide(clock, at, calendar) };
}

/** Stops the clock while the writer owes an answer. A clock that is stopped or ended stays as it is. */
export function pauseClock(clock: StageClock, at: Date, calendar: WorkingCalendar): StageClock {
  if (clock.endedAt || isPaused(clock)) return clock;
  return redecide({ ...clock, pauses: [...clock.pauses, { from: at, to: null }] }, at, calendar);
}

/** The writer has answered: the clock runs again. */
export function resumeClock(clock: StageClock, at: Date, calendar: WorkingCalendar): StageClock {
  if (clock.endedAt || !isPaused(clock)) return clock;
  const pauses = clock.pauses.map((pause) => (pause.to ? pause : { ...pause, to: at }));
  return redecide({ ...clock, pauses }, at, calendar);
}

/** Adds `amount` units of the rule. How often and how far is the caller's rule. */
export function extendClock(clock: StageClock, amount: number, at: Date, calendar: WorkingCalendar): StageClock {
  if (clock.endedAt) return clock;
  return redecide({ ...clock, extensions: [...clock.extensions, { at, amount }] }, at, calendar);
}

/** The stage is done. The deadline stays as decided; a pause still open ends with it. */
export function endClock(clock: StageClock, at: Date): StageClock {
  if (clock.endedAt) return clock;
  const pauses = clock.pauses.map((pause) => (pause.to ? pause : { ...pause, to: at }));
  return { ...clock, pauses, endedAt: at };
}

/** Counts a provisional deadline again once more of the calendar is known; any other one is given back untouched. */
export function confirmClock(clock: StageClock, at: Date, calendar: WorkingCalendar): StageClock {
  if (clock.endedAt || !clock.deadline.provisional) return clock;
  return redecide(clock, at, calendar);
}

/**
 * When a running clock would end by the calendar of today, when that is later than its frozen deadline: days were
 * announced to be free after it had been counted. Null when nothing changed for it. Hours run through free days.
 */
export function laterDue(clock: StageClock, calendar: WorkingCalendar): Date | null {
  const { dueAt, decidedAt, provisional } = clock.deadline;
  if (clock.endedAt || !dueAt || provisional || clock.rule.unit === 'hours') return null;
  const fresh = decide(clock, decidedAt, calendar).dueAt;
  return fresh && fresh > dueAt ? fresh : null;
}

/** Moves a running deadline to where the calendar of today puts it, and says why; never to an earlier moment. */
export function moveClock(clock: StageClock, at: Date, calendar: WorkingCalendar, reason: string): StageClock {
  const from = clock.deadline.dueAt;
  if (!from || !laterDue(clock, calendar)) return clock;
  return { ...clock, deadline: { ...decide(clock, at, calendar), moved: { from, at, reason } } };
}

export const isPaused = (clock: StageClock): boolean => clock.pauses.some((pause) => pause.to === null);

/** True when the stage ended (or, while it runs, could still end at `at`) in time. Decided by the frozen deadline alone. */
export function isOnTime(clock: StageClock, at: Date): boolean {
  const { dueAt } = clock.deadline;
  // By whole seconds, as deadlines are said and open data are written: whoever recomputes it gets the same
  return dueAt === null || seconds(clock.endedAt ?? at) <= seconds(dueAt);
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

/** The state in one word, for lists and colours. */
export function clockState(clock: StageClock, at: Date): 'running' | 'paused' | 'overdue' | 'in-time' | 'late' {
  if (clock.endedAt) return isOnTime(clock, at) ? 'in-time' : 'late';
  if (!isOnTime(clock, at)) return 'overdue';
  return isPaused(clock) ? 'paused' : 'running';
}

/** The earliest deadline of clocks that run; null when none does. */
export function nextDue(clocks: readonly StageClock[]): Date | null {
  const times = clocks.flatMap((clock) =>
    clock.endedAt || !clock.deadline.dueAt ? [] : [clock.deadline.dueAt.getTime()],
  );
  return times.length ? new Date(Math.min(...times)) : null;
}

/** The whole length in units of the rule, extensions included. */
export function clockLength(clock: Pick<StageClock, 'rule' | 'extensions'>): number {
  return clock.extensions.reduce((sum, extension) => sum + extension.amount, clock.rule.amount);
}

/** A rule for a part of another's time, e.g. half for an assisting department 会办; at least one unit, rounded up. */
export function partOfRule(rule: ClockRule, key: string, share: number): ClockRule {
  return { ...rule, key, amount: Math.max(1, Math.ceil(rule.amount * share)) };
}

type Course = Omit<StageClock, 'deadline'>;

/** Days before the event keep the calendar they were counted with; later ones take the present one. */
function redecide(clock: StageClock, at: Date, calendar: WorkingCalendar): StageClock {
  const { deadline } = clock;
  const frozen = calendarOf(deadline);
  const today = cityDay(at);
  const known = (day: Day): boolean => day < today && day <= deadline.calendar.until && dayOf(frozen, day).certain;
  const days = new Map(calendar.days);
  for (const day of calendar.days.keys()) if (known(day)) days.delete(day);
  for (const [day, special] of frozen.days) if (known(day)) days.set(day, special);
  const coveredYears = new Set([...calendar.coveredYears, ...frozen.coveredYears]);
  const fresh = decide(clock, at, { days, coveredYears });
  return { ...clock, deadline: deadline.moved ? { ...fresh, moved: deadline.moved } : fresh };
}

function decide(course: Course, at: Date, calendar: WorkingCalendar): Deadline {
  const first = cityDay(course.startedAt);
  const dueAt = course.rule.unit === 'hours' ? dueInHours(course) : dueInDays(course, calendar);
  const last = dueAt ?? course.pauses.at(-1)?.from ?? at;
  const until = cityDay(last);
  let provisional = false;
  const days: (SpecialDay & { day: Day })[] = [];
  for (let day = first; day <= until; day = addDays(day, 1)) {
    if (course.rule.unit === 'hours') break;
    if (!dayOf(calendar, day).certain) provisional = true;
    const special = calendar.days.get(day);
    if (special) days.push({ day, ...special });
  }
  const years = [...calendar.coveredYears].filter(
    (year) => year >= +first.slice(0, 4) && year <= +until.slice(0, 4) + 1,
  );
  return { dueAt, provisional, decidedAt: at, calendar: { until, days, coveredYears: years.sort() } };
}

/** Emergency hours run through nights and free days; the time of a pause is added. */
function dueInHours(course: Course): Date | null {
  let due = course.startedAt.getTime() + clockLength(course) * 3_600_000;
  for (const pause of course.pauses) {
    if (pause.from.getTime() > due) break;
    if (!pause.to) return null;
    due += pause.to.getTime() - pause.from.getTime();
  }
  return new Date(due);
}

function dueInDays(course: Course, calendar: WorkingCalendar): Date | null {
  const length = clockLength(course);
  for (const step of countDays(course, calendar)) {
    if (step === 'stopped') return null;
    if (step.number >= length && step.working && !step.paused) return cityMoment(step.day, course.rule.closesAt);
  }
  return null;
}

/** A day of the count: which number it has reached and whether the clock stood still at its close of office. */
export interface CountedDay {
  day: Day;
  working: boolean;
  paused: boolean;
  counted: boolean;
  number: number;
}

/**
 * Walks day by day from the day after the start. A day counts when the clock runs at its close of office
 * (and, in working days, when it is one), so a stop that covers n closings moves the deadline by exactly n.
 */
export function* countDays(course: Course, calendar: WorkingCalendar): Generator<CountedDay | 'stopped'> {
  const { unit, closesAt } = course.rule;
  const length = clockLength(course);
  let number = 0;
  for (let day = addDays(cityDay(course.startedAt), 1); ; day = addDays(day, 1)) {
    const close = cityMoment(day, closesAt).getTime();
    const pause = course.pauses.find((one) => one.from.getTime() < close && (!one.to || one.to.getTime() >= close));
    if (pause && !pause.to) yield 'stopped';
    const { working } = dayOf(calendar, day);
    const counted = !pause && number < length && (working || unit === 'calendar-days');
    if (counted) number += 1;
    yield { day, working, paused: Boolean(pause), counted, number };
  }
}

/** The frozen part of the calendar as a calendar. */
export function calendarOf(deadline: Deadline): WorkingCalendar {
  const days = new Map(deadline.calendar.days.map(({ day, kind, name }) => [day, { kind, name }] as const));
  return { days, coveredYears: new Set(deadline.calendar.coveredYears) };
}
