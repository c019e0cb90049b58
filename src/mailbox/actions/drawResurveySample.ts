import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import { hasRole, type Actor } from '../../kernel/actor.ts';
import { conflict, forbidden } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse, say } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { LetterModel } from '../letterModel.ts';
import { monthRange } from '../monthRange.ts';
import { canRead } from '../policy.ts';
import type { Letter } from '../record.ts';
import { drawFrom, ResurveySampleModel, type ResurveySample } from '../resurveySample.ts';

const schema = z.object({
  month: z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, say('errors.invalid-value')),
  size: z.coerce.number().int().min(1).max(500),
});

/**
 * 抽样: a random sample of the letters first answered in a month, for the telephone. The seed comes from the machine, so
 * that nobody chooses whom to call, and stands on the sample, so that anybody can draw it again.
 */
export async function drawResurveySample(actor: Actor, input: unknown): Promise<ResurveySample> {
  const { month, size } = parse(schema, input);
  if (actor.kind !== 'system' && !hasRole(actor, 'supervisor', 'clerk')) {
    throw forbidden('mailbox.errors.not-your-part');
  }
  const pool = (await resurveyPool(month)).filter((letter) => canRead(actor, letter));
  if (pool.length === 0) throw conflict('mailbox.errors.nothing-to-draw');
  const seed = newId(8);
  const sample: ResurveySample = {
    _id: `${month}/${seed}`,
    month,
    seed,
    size,
    population: pool.length,
    letterIds: drawFrom(pool, seed, size).map(({ _id }) => _id),
    drawnAt: now(),
    by: doerOf(actor),
  };
  await ResurveySampleModel.collection.insertOne(sample as never);
  await recordAudit(actor, {
    verb: 'resurvey-sample.draw',
    target: { type: 'resurvey-sample', id: sample._id, label: sample._id },
    after: { month, seed, size: sample.letterIds.length, population: pool.length },
  });
  return sample;
}

const fields = { number: 1, facts: 1, ownerPath: 1, writerId: 1, state: 1, lead: 1, assisting: 1, channel: 1 };

/** The valid letters whose first reply was released in a month: a frozen fact, so the pool does not move afterwards. */
export async function resurveyPool(month: string): Promise<Letter[]> {
  const { from, until } = monthRange(month);
  const range = { $gte: from, $lt: until };
  const found = new Map<string, Letter>();
  const matches: Record<string, unknown>[] = [{ repliedAt: range }, { marks: 'rehandled', 'facts.repliedAt': range }];
  for (const match of matches) {
    for (const letter of await LetterModel.find(match, fields).lean<Letter[]>()) found.set(letter._id, letter);
  }
  return [...found.values()].filter(
    ({ channel, facts }) =>
      channel !== 'import' && facts.valid && facts.repliedAt && facts.repliedAt >= from && facts.repliedAt < until,
  );
}
