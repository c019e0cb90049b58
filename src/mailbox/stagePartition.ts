import { isOnTime, type StageClock } from '../kernel/clock.ts';
import type { Letter } from './record.ts';

/** Stages whose work is divided into done and to do 分环节统计. */
export const partitionedStages = [
  'accept', // 受理
  'assign', // 交办
  'answer', // 答复
  'level', // 本级办理
  'assisting', // 会办意见
] as const;
export type PartitionedStage = (typeof partitionedStages)[number];

/** 应办 = 已办（按时 + 逾期）+ 未办（未到期 + 已超期）, and beside them what was done twice, extended, returned. */
export const partitionParts = [
  'need', // 应办
  'done', // 已办
  'done-in-time', // 按时办结
  'done-late', // 逾期办结
  'to-do', // 未办
  'to-do-in-time', // 未办未到期
  'to-do-overdue', // 未办已超期
  'rework', // 重办
  'extension', // 延期
  'return', // 退办
] as const;
export type PartitionPart = (typeof partitionParts)[number];

type Timed = Pick<Letter, 'clocks' | 'pastClocks' | 'assisting' | 'state' | 'facts' | 'laterDueAt'> & {
  replies: readonly { releasedAt: Date }[];
};
type Clock = Pick<StageClock, 'stage' | 'endedAt' | 'deadline' | 'startedAt' | 'extensions'>;

/** The times a stage was owed for a letter. A clock that ended because the letter was returned or withdrawn is not. */
function owed(letter: Timed, stage: PartitionedStage): { clock: Clock; endedAt: Date | null }[] {
  if (stage === 'assisting') {
    return letter.assisting.flatMap(({ clock, opinion }) => {
      // The lead may answer without waiting: then nothing is owed any more
      const over = letter.replies.length > 0 && !opinion;
      return over ? [] : [{ clock, endedAt: opinion?.at ?? null }];
    });
  }
  const clocks = [...letter.pastClocks, ...letter.clocks].filter((clock) => clock.stage === stage);
  const released = new Set(letter.replies.map(({ releasedAt }) => releasedAt.getTime()));
  return clocks.flatMap((clock) => {
    const { endedAt } = clock;
    const unanswered = stage === 'answer' && endedAt !== null && !released.has(endedAt.getTime());
    return unanswered ? [] : [{ clock, endedAt }];
  });
}

/** The parts a letter stands in at a moment, for one stage; none when that stage was never owed for it. */
export function partsOf(letter: Timed, stage: PartitionedStage, at: Date): Set<PartitionPart> {
  const parts = new Set<PartitionPart>();
  if (letter.state === 'withdrawn') return parts;
  if (stage === 'answer' && letter.facts.returns > 0) parts.add('return');
  const times = owed(letter, stage);
  // Several departments assist at once: done is what all of them have done
  const last = times.find(({ endedAt }) => endedAt === null) ?? times.at(-1);
  if (!last) return parts;
  // A letter counts once a stage: with how the last time went, and among the late when any time was late
  const late = times.some(
    ({ clock, endedAt }) => endedAt !== null && !isOnTime({ ...clock, endedAt } as StageClock, at),
  );
  parts.add('need');
  if (last.endedAt) parts.add('done').add(late ? 'done-late' : 'done-in-time');
  else {
    const { dueAt } = last.clock.deadline;
    const isLate = dueAt !== null && dueAt < at && !(letter.laterDueAt && at <= letter.laterDueAt);
    parts.add('to-do').add(isLate ? 'to-do-overdue' : 'to-do-in-time');
  }
  if (stage === 'answer') {
    if (letter.facts.rehandled) parts.add('rework');
    if (letter.facts.extended || times.some(({ clock }) => clock.extensions.length > 0)) parts.add('extension');
  }
  return parts;
}
