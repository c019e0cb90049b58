import type { WorkingCalendar } from '../kernel/calendar.ts';
import {
  clockState,
  endClock,
  isOnTime,
  isPaused,
  moveClock,
  nextDue,
  pauseClock,
  resumeClock,
  startClock,
  type ClockRule,
  type StageClock,
} from '../kernel/clock.ts';

/** Stages that are timed 计时环节. `level` is a department's own time inside the total. */
export const stages = [
  'accept', // 受理
  'assign', // 交办
  'return', // 退办窗口
  'answer', // 答复
  'level', // 本级办理
  'supplement', // 来信人补充
] as const;
export type Stage = (typeof stages)[number];

type Clocks = readonly StageClock[];

/** The clock of a stage that still runs, or undefined. */
export const running = (clocks: Clocks, stage: Stage): StageClock | undefined =>
  clocks.find((clock) => clock.stage === stage && !clock.endedAt);

/** The latest clock of a stage, running or not. */
export const latest = (clocks: Clocks, stage: Stage): StageClock | undefined =>
  clocks.findLast((clock) => clock.stage === stage);

/** Starts a stage; one of the same name that still runs ends first. */
export function begin(
  clocks: Clocks,
  stage: Stage,
  rule: ClockRule,
  at: Date,
  calendar: WorkingCalendar,
): StageClock[] {
  return [...end(clocks, at, stage), startClock(stage, rule, at, calendar)];
}

/** Ends the stages named; without names all. */
export function end(clocks: Clocks, at: Date, ...names: readonly Stage[]): StageClock[] {
  const ends = (clock: StageClock) => names.length === 0 || (names as readonly string[]).includes(clock.stage);
  return clocks.map((clock) => (ends(clock) ? endClock(clock, at) : clock));
}

const departmental: readonly string[] = ['answer', 'level'];

/** Stops the department's clocks while the writer owes an answer. */
export const pause = (clocks: Clocks, at: Date, calendar: WorkingCalendar): StageClock[] =>
  clocks.map((clock) => (departmental.includes(clock.stage) ? pauseClock(clock, at, calendar) : clock));

/** Lets the department's clocks run again. */
export const resume = (clocks: Clocks, at: Date, calendar: WorkingCalendar): StageClock[] =>
  clocks.map((clock) => (departmental.includes(clock.stage) ? resumeClock(clock, at, calendar) : clock));

/** Changes one running clock. */
export const change = (clocks: Clocks, stage: Stage, edit: (clock: StageClock) => StageClock): StageClock[] =>
  clocks.map((clock) => (clock.stage === stage && !clock.endedAt ? edit(clock) : clock));

/** The city's next deadline; windows and the writer's own time are no duty of the city. */
export const cityDue = (clocks: Clocks): Date | null =>
  nextDue(clocks.filter(({ stage }) => stage !== 'return' && stage !== 'supplement'));

/** Where the city's next deadline would be by the calendar of today; null when it is what it would be. */
export function laterCityDue(clocks: Clocks, calendar: WorkingCalendar): Date | null {
  const due = cityDue(clocks);
  const fresh = cityDue(clocks.map((clock) => moveClock(clock, clock.startedAt, calendar, '')));
  return due && fresh && fresh > due ? fresh : null;
}

/** The state of one of a letter's clocks; where free days were announced since, it is not late before today's count. */
export function stateOfClock(clock: StageClock, at: Date, laterDueAt: Date | null | undefined) {
  const state = clockState(clock, at);
  return state === 'overdue' && laterDueAt && at <= laterDueAt ? 'running' : state;
}

export const waitsForWriter = (clocks: Clocks): boolean => clocks.some((clock) => !clock.endedAt && isPaused(clock));

/** A stage as a fact for statistics: frozen, never computed again. */
export interface StageFact {
  stage: string;
  startedAt: Date;
  dueAt: Date | null;
  endedAt: Date;
  onTime: boolean;
}

/** What the ended clocks say; windows are left out. */
export const stageFacts = (clocks: Clocks): StageFact[] =>
  clocks.flatMap((clock) =>
    clock.endedAt && !['return', 'supplement'].includes(clock.stage)
      ? [
          {
            stage: clock.stage,
            startedAt: clock.startedAt,
            dueAt: clock.deadline.dueAt,
            endedAt: clock.endedAt,
            onTime: isOnTime(clock, clock.endedAt),
          },
        ]
      : [],
  );
