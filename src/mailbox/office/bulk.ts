import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { invalid, Refusal } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { acceptLetter } from '../actions/acceptLetter.ts';
import { classifyLetter } from '../actions/classifyLetter.ts';
import { mergeHotTopic } from '../actions/mergeHotTopic.ts';
import { urgeLetter } from '../actions/urgeLetter.ts';
import { remark, several } from '../fields.ts';
import { urgencies } from '../letter.ts';
import { requireLetter } from '../letterModel.ts';

const schema = z.object({
  do: z.enum(['accept', 'classify', 'urge', 'topic'], say('errors.required')),
  /** `id~version` of each letter ticked. */
  letter: several(z.string().regex(/^[\w-]{1,40}~\d{1,9}$/), 200),
  subject: z.string().trim().max(60).default(''),
  urgency: z.enum(['', ...urgencies]).default(''),
  topic: z.string().trim().max(60).default(''),
  remark,
});
type Wish = z.output<typeof schema>;

/**
 * One safe act on many letters, each by itself: accept, classify, urge, merge into a hot topic. What cannot be done
 * (somebody was faster, not their part) is left and counted. Gives how many went and how many were left.
 */
export async function actOnMany(actor: Actor, input: unknown): Promise<{ done: number; left: number }> {
  const wish = parse(schema, input);
  if (wish.letter.length === 0) throw invalid({ '': { key: 'mailbox-office.bulk.none' } });
  if (wish.do === 'topic') return mergeAll(actor, wish);
  let done = 0;
  for (const key of wish.letter) {
    const [letterId = '', version] = key.split('~');
    try {
      await actOnOne(actor, wish, { letterId, version });
      done += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return { done, left: wish.letter.length - done };
}

async function actOnOne(actor: Actor, wish: Wish, which: { letterId: string; version: string | undefined }) {
  const { subject, urgency } = wish;
  if (wish.do === 'urge') return urgeLetter(actor, { ...which, remark: wish.remark });
  if (wish.do === 'accept') {
    return acceptLetter(actor, { ...which, ...(subject ? { subject } : {}), ...(urgency ? { urgency } : {}) });
  }
  const letter = await requireLetter(which.letterId);
  const { kind, procedure } = letter;
  const chosen = { subject: subject || letter.subject, urgency: urgency || letter.urgency };
  return classifyLetter(actor, { ...which, kind, procedure, ...chosen });
}

async function mergeAll(actor: Actor, { letter, topic }: Wish) {
  if (!topic) throw invalid({ topic: { key: 'errors.required' } });
  const letterIds = letter.map((key) => key.split('~')[0]);
  await mergeHotTopic(actor, { letterIds, title: topic });
  return { done: letterIds.length, left: 0 };
}
