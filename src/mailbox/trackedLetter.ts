import { explainClock, type Explanation } from '../kernel/clockExplanation.ts';
import type { StageClock } from '../kernel/clock.ts';
import { transitions } from './transitions.ts';
import type { Letter } from './record.ts';

/** What a program gets of a letter for its writer: no names of officials, every deadline explained day by day. */
export function trackedLetter(letter: Letter) {
  const told = (verb: string) =>
    verb === 'submit-letter' || (verb in transitions && transitions[verb as keyof typeof transitions].told);
  return {
    number: letter.number,
    kind: letter.kind,
    title: letter.title,
    state: letter.state,
    department: letter.lead?.name ?? null,
    submittedAt: letter.submittedAt,
    dueAt: letter.dueAt,
    steps: letter.trail.filter(({ verb }) => told(verb)).map(({ verb, at, to }) => ({ verb, at, state: to })),
    inquiry: letter.inquiries.find(({ answer }) => !answer)?.text ?? null,
    replies: letter.replies.map(({ text, departmentName, releasedAt }) => ({
      text,
      department: departmentName,
      at: releasedAt,
    })),
    rating: letter.rating && { satisfaction: letter.rating.satisfaction, solved: letter.rating.solved },
    clocks: letter.clocks.filter(isForWriter).map((clock): Explanation => explainClock(clock)),
  };
}

const isForWriter = ({ stage }: StageClock): boolean => ['accept', 'assign', 'answer', 'supplement'].includes(stage);
