import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { invalid } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { departmentById } from '../../organization/index.ts';
import { doerOf, trailEntry } from '../doer.ts';
import type { Interview } from '../interviewModel.ts';
import { id } from '../fields.ts';
import { changeQuestion, type Passed } from '../questionModel.ts';
import type { Cosigner } from '../review/pending.ts';
import { asScreener, refuseIfOthers, whichQuestion } from './screenQuestion.ts';

const schema = z.object({
  ...whichQuestion,
  /** `guest:<id>` or `department:<id>`; empty takes it away again. */
  to: z.string(say('interview.errors.choose-receiver')).max(80),
  /** Guests who answer together with that guest. */
  jointly: z.preprocess((given) => [given ?? []].flat(), z.array(id).max(11)),
});

/**
 * A screener passes a question to a guest or a department 转交: they see it first among theirs. It stays where it is.
 * With `jointly`, the guest writes and the others sign 联合答复.
 */
export async function passQuestion(actor: Actor, input: unknown) {
  const { to, jointly, ...which } = parse(schema, input);
  return asScreener(
    actor,
    which,
    async (question, revision, interview) => {
      refuseIfOthers(actor, question);
      const receiver = to === '' ? null : await receiverOf(to, interview);
      const passed: Passed | null = receiver && {
        ...receiver,
        jointly: cosigners(jointly, receiver.guestId, interview),
        by: doerOf(actor).name,
        at: now(),
      };
      return changeQuestion(question, {
        from: ['received', 'screening', 'published', 'answered'],
        set: { passed, revision },
        trail: trailEntry(actor, 'pass', {
          note: passed ? [passed, ...(passed.jointly ?? [])].map(({ name }) => name).join('、') : '',
        }),
        refusedKey: 'interview.errors.already-decided',
      });
    },
    'pass',
  );
}

function cosigners(chosen: readonly string[], lead: string | null, interview: Interview): Cosigner[] {
  const others = interview.guests.filter(({ id: guestId }) => chosen.includes(guestId) && guestId !== lead);
  if (others.length > 0 && lead === null) throw invalid({ jointly: { key: 'interview-review.lead-is-a-guest' } });
  return others.map(({ id: guestId, name, title }) => ({ guestId, name, title }));
}

async function receiverOf(
  to: string,
  interview: Interview,
): Promise<Pick<Passed, 'guestId' | 'departmentId' | 'name'>> {
  const [kind, id = ''] = to.split(':');
  const guest = kind === 'guest' ? interview.guests.find((one) => one.id === id) : undefined;
  if (guest) return { guestId: guest.id, departmentId: null, name: guest.name };
  const department = kind === 'department' ? await departmentById(id) : undefined;
  if (department) return { guestId: null, departmentId: department.id, name: department.name };
  throw invalid({ to: { key: 'interview.errors.choose-receiver' } });
}
