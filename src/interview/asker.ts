import { createHash } from 'node:crypto';
import type { Question } from './questionModel.ts';

/** Who asked, as everyone may see it: a chosen name if there is one, and a tag that stays the same in one interview. */
export interface Asker {
  name: string | null;
  tag: string;
  verified: boolean;
}

/** Gives the asker of a question; the tag cannot be turned back into the person. */
export function askerOf(question: Pick<Question, 'askerId' | 'askerKind' | 'askerName' | 'interviewId'>): Asker {
  const digest = createHash('sha256').update(`${question.interviewId}:${question.askerId}`).digest();
  const tag = String(digest.readUInt32BE(0) % 10_000).padStart(4, '0');
  return { name: question.askerName, tag, verified: question.askerKind === 'citizen' };
}
