import { explainClock, type Explanation } from '../kernel/clockExplanation.ts';
import { transitions } from './transitions.ts';
import type { Letter } from './record.ts';
import { awaitedClock, concernsWriter } from './trackClocks.ts';
import { writerActsOf } from './trackView.ts';

/** What a program gets of a letter for its writer: no names of officials, every deadline explained day by day. */
export function trackedLetter(letter: Letter) {
  const told = (verb: string) =>
    verb === 'submit-letter' || (verb in transitions && transitions[verb as keyof typeof transitions].told);
  const inquiry = letter.inquiries.find(({ answer }) => !answer)?.text ?? null;
  const awaited = letter.open && inquiry === null ? awaitedClock(letter) : undefined;
  return {
    number: letter.number,
    kind: letter.kind,
    title: letter.title,
    state: letter.state,
    department: letter.lead?.name ?? null,
    submittedAt: letter.submittedAt,
    dueAt: awaited?.deadline.dueAt ?? null,
    /** The holidays of a year the deadline reaches into are not announced yet. */
    provisional: awaited?.deadline.provisional ?? false,
    /** What the writer can do now. */
    acts: writerActsOf(letter),
    steps: letter.trail.filter(({ verb }) => told(verb)).map(({ verb, at, to }) => ({ verb, at, state: to })),
    inquiry,
    replies: letter.replies.map(({ text, departmentName, releasedAt }) => ({
      text,
      department: departmentName,
      at: releasedAt,
    })),
    rating: letter.rating && { satisfaction: letter.rating.satisfaction, solved: letter.rating.solved },
    clocks: letter.clocks.filter(concernsWriter).map((clock): Explanation => explainClock(clock)),
  };
}
