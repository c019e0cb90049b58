import { explanationView, type ExplanationRow } from '../calendar/index.ts';
import type { StageClock } from '../kernel/clock.ts';
import { explainClock } from '../kernel/clockExplanation.ts';
import type { Language } from '../kernel/language.ts';
import { now } from '../kernel/time.ts';
import { translate } from '../platform/language.ts';
import { running, stateOfClock, type Stage } from './clocks.ts';
import type { Letter } from './record.ts';

/** Stages that concern the writer; windows and the time of one level are the offices' own. */
const shown: readonly string[] = ['accept', 'assign', 'answer', 'supplement'] satisfies Stage[];

export const concernsWriter = ({ stage }: StageClock): boolean => shown.includes(stage);

/** The clock whose deadline the writer waits for: the answer, before it the department, before it the acceptance. */
export const awaitedClock = ({ clocks }: Pick<Letter, 'clocks'>): StageClock | undefined =>
  running(clocks, 'answer') ?? running(clocks, 'assign') ?? running(clocks, 'accept');

const tones = {
  running: 'active',
  paused: 'stopped',
  overdue: 'overdue',
  'in-time': 'done',
  late: 'overdue',
} as const;

/** A deadline as its writer may look at it: by when, whether it was kept, and day by day why. */
export interface TrackedClock {
  name: string;
  state: { tone: string; text: string };
  dueAt: Date | null;
  endedAt: Date | null;
  /** What moved it: times the city waited for the writer, and an extension. */
  moved: readonly string[];
  summary: string;
  provisional: boolean;
  rows: ExplanationRow[];
  /** It runs: shown open. */
  current: boolean;
}

/** Every deadline of the letter that concerns its writer, the one that runs first. */
export function trackedClocks(letter: Pick<Letter, 'clocks' | 'laterDueAt'>, language: Language): TrackedClock[] {
  const clocks = letter.clocks.filter(concernsWriter).map((clock) => trackedClock(clock, letter.laterDueAt, language));
  return [...clocks.filter(({ current }) => current), ...clocks.filter(({ current }) => !current).reverse()];
}

function trackedClock(clock: StageClock, laterDueAt: Letter['laterDueAt'], language: Language): TrackedClock {
  const say = (key: string, params?: Record<string, unknown>) =>
    translate(language, `mailbox-track.clocks.${key}`, params);
  const state = stateOfClock(clock, now(), laterDueAt);
  const added = clock.extensions.reduce((sum, { amount }) => sum + amount, 0);
  const stops = clock.pauses.length;
  return {
    name: say(`stages.${clock.stage}`),
    state: { tone: tones[state], text: say(`states.${state}`) },
    endedAt: clock.endedAt,
    moved: [
      ...(added > 0 ? [say(`extended.${clock.rule.unit}`, { count: added })] : []),
      ...(stops > 0 ? [say('paused', { count: stops })] : []),
    ],
    current: clock.endedAt === null,
    ...explanationView(explainClock(clock), language),
  };
}
