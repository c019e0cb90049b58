import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import type { Interview } from '../interviewModel.ts';
import { canReview } from '../policy.ts';
import { answerLengthMax } from '../settings.ts';
import { changePending, whichPending } from '../review/changePending.ts';
import type { Pending } from '../review/pending.ts';
import type { Unstaged } from '../review/settle.ts';

const words = () => typedText({ min: 2, max: answerLengthMax.value() });
const approveSchema = () => z.object({ ...whichPending, text: words().optional() });
const reviseSchema = () => z.object({ ...whichPending, text: words() });
const returnSchema = z.object({ ...whichPending, remark: typedText({ min: 2, max: 500 }) });

/** The wording after a reviewer changed it; the guest's own is kept. */
function reworded(pending: Pending, text: string): Unstaged {
  if (text === pending.text) return pending;
  const original = pending.original ?? pending.text;
  return {
    ...pending,
    text,
    original: text === original ? null : original,
    version: pending.version + 1,
  };
}

/** Nobody lets their own words through. */
function refuseOwn(pending: Pending, actor: Actor): void {
  if (pending.by.id === actor.id && actor.kind !== 'system') throw forbidden('interview-review.own-answer');
}

const may = (actor: Actor) => (interview: Interview) => canReview(actor, interview);

/** A reviewer lets an answer through, as it is or with `text` put better; it goes out unless something else is missing. */
export async function approveAnswer(actor: Actor, input: unknown) {
  const { text, ...which } = parse(approveSchema(), input);
  return changePending(actor, which, {
    what: 'approved',
    from: ['reviewing'],
    may: may(actor),
    change: (pending) => {
      refuseOwn(pending, actor);
      const after = reworded(pending, text ?? pending.text);
      // Whoever signs as well agreed to other words than these: they are asked once more, the reviewer is not
      return { ...after, agreed: after.original === null ? after.agreed : [], approved: true };
    },
  });
}

/** A reviewer changes the words of an answer without deciding; the words before are kept among its steps. */
export async function reviseAnswer(actor: Actor, input: unknown) {
  const { text, ...which } = parse(reviseSchema(), input);
  return changePending(actor, which, {
    what: 'edited',
    from: ['reviewing'],
    may: may(actor),
    change: (pending) => {
      if (text === pending.text) throw conflict('interview-review.nothing-changed');
      return reworded(pending, text);
    },
  });
}

/** A reviewer sends an answer back with a remark, which the guest reads at the answer. */
export async function returnAnswer(actor: Actor, input: unknown) {
  const { remark, ...which } = parse(returnSchema, input);
  return changePending(actor, which, {
    what: 'returned',
    from: ['reviewing'],
    may: may(actor),
    remark,
    change: (pending) => ({ ...pending, returned: { by: doerOf(actor).name, remark, at: now() } }),
  });
}
