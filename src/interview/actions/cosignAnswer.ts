import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { id } from '../fields.ts';
import type { Interview } from '../interviewModel.ts';
import { canAnswer, canWriteAnswers, guestsAnsweredBy, guestsWrittenFor } from '../policy.ts';
import { changePending, whichPending } from '../review/changePending.ts';
import type { Cosigner, Pending } from '../review/pending.ts';

const asWhom = { ...whichPending, guestId: id };
const agreeSchema = z.object(asWhom);
const declineSchema = z.object({ ...asWhom, remark: typedText({ min: 2, max: 500 }) });
const withdrawSchema = z.object(asWhom);

const may = (actor: Actor) => (interview: Interview) => canAnswer(actor, interview);

/** The cosigner for whom this person acts; throws when they act for nobody who signs this answer. */
function signing(actor: Actor, interview: Interview, pending: Pending, guestId: string): Cosigner {
  const guest = guestsAnsweredBy(actor, interview).find((one) => one.id === guestId);
  const cosigner = guest && pending.cosigners.find((one) => one.guestId === guest.id);
  if (!cosigner) throw forbidden('interview.errors.not-your-guest');
  return cosigner;
}

/** A guest agrees to a joint answer 联合答复 in exactly these words; the last one to agree sends it on. */
export async function agreeToAnswer(actor: Actor, input: unknown) {
  const { guestId, ...which } = parse(agreeSchema, input);
  return changePending(actor, which, {
    what: 'agreed',
    from: ['agreeing'],
    may: may(actor),
    change: (pending, _answer, interview) => {
      signing(actor, interview, pending, guestId);
      return { ...pending, agreed: [...new Set([...pending.agreed, guestId])] };
    },
  });
}

/** A guest does not sign a joint answer as it is, and says what should change. */
export async function declineAnswer(actor: Actor, input: unknown) {
  const { guestId, remark, ...which } = parse(declineSchema, input);
  return changePending(actor, which, {
    what: 'returned',
    from: ['agreeing'],
    may: may(actor),
    remark,
    change: (pending, _answer, interview) => {
      const { name } = signing(actor, interview, pending, guestId);
      return { ...pending, returned: { by: name, remark, at: now() } };
    },
  });
}

/** The guest takes back what they handed in, before it is out; the draft stays. */
export async function withdrawAnswer(actor: Actor, input: unknown) {
  const { guestId, ...which } = parse(withdrawSchema, input);
  return changePending(actor, which, {
    what: 'withdrawn',
    from: ['agreeing', 'reviewing', 'ready', 'returned'],
    may: (interview) => canWriteAnswers(actor, interview),
    change: (_pending, answer, interview) => {
      const own = guestsWrittenFor(actor, interview).some((one) => one.id === guestId && one.id === answer.guestId);
      if (!own) throw forbidden('interview.errors.not-your-guest');
      return null;
    },
  });
}
