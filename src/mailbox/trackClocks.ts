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
  dropped: 'stopped',
  answered: 'done',
  unanswered: 'stopped',
} as const;
type Shown = keyof typeof tones;

/** A deadline as its writer may look at it: by when, or when it was done, and day by day why. */
export interface TrackedClock {
  name: string;
  state: { tone: string; text: string };
  /** What the date beside the name is: a deadline, or the day it was done. */
  date: { text: string; at: Date } | null;
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

/** Every deadline of the letter that concerns its writer, in the order in which they began. */
export function trackedClocks(letter: Tracked, language: Language): TrackedClock[] {
  return letter.clocks
    .filter(concernsWriter)
    .sort((one, other) => one.startedAt.getTime() - other.startedAt.getTime())
    .map((clock) => trackedClock(clock, shownState(clock, letter), language));
}

type Tracked = Pick<Letter, 'clocks' | 'state' | 'closedAt' | 'inquiries' | 'laterDueAt'>;

/** What ended because the letter was withdrawn was not done; and the writer's own time is no duty that is kept or missed. */
function shownState(clock: StageClock, { state, closedAt, inquiries, laterDueAt }: Tracked): Shown {
  const endedAt = clock.endedAt?.getTime();
  if (endedAt !== undefined && state === 'withdrawn' && endedAt === closedAt?.getTime()) return 'dropped';
  if (clock.stage !== 'supplement') return stateOfClock(clock, now(), laterDueAt);
  if (endedAt === undefined) return 'running';
  return inquiries.some(({ answer }) => answer?.at.getTime() === endedAt) ? 'answered' : 'unanswered';
}

function trackedClock(clock: StageClock, state: Shown, language: Language): TrackedClock {
  const say = (key: string, params?: Record<string, unknown>) =>
    translate(language, `mailbox-track.clocks.${key}`, params);
  const added = clock.extensions.reduce((sum, { amount }) => sum + amount, 0);
  const stops = clock.pauses.length;
  const explanation = explanationView(explainClock(clock), language);
  const { endedAt } = clock;
  const date = endedAt
    ? { text: say(state === 'dropped' || state === 'unanswered' ? 'stopped-at' : 'ended'), at: endedAt }
    : explanation.dueAt && { text: say('due'), at: explanation.dueAt };
  return {
    name: say(`stages.${clock.stage}`),
    state: { tone: tones[state], text: say(`states.${state}`) },
    date,
    endedAt,
    moved: [
      ...(added > 0 ? [say(`extended.${clock.rule.unit}`, { count: added })] : []),
      ...(stops > 0 ? [say('paused', { count: stops })] : []),
    ],
    current: endedAt === null,
    ...explanation,
  };
}
