import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { id, version } from '../fields.ts';
import { rankBetween } from '../record/rank.ts';
import { TurnModel, findTurn, type Turn } from '../turnModel.ts';
import { asRecorder, changeTurn } from './recordTurn.ts';

const schema = z.object({
  interviewId: id,
  turnId: id,
  version,
  to: z.enum(['earlier', 'later']),
});

/**
 * The recorder moves a turn one place up or down. Ranks are worked out from the record as it is at that moment, so two
 * who move different turns both get what they asked for; of two who move the same turn the later one is told.
 */
export async function moveTurn(actor: Actor, input: unknown) {
  const { interviewId, turnId, version: seen, to } = parse(schema, input);
  return asRecorder(actor, interviewId, async (_interview, revision): Promise<Turn[]> => {
    const turn = await findTurn(interviewId, turnId);
    const all = await TurnModel.find({ interviewId }).sort({ order: 1 }).lean<Turn[]>();
    const line = all
      .filter((one) => Boolean(one.waiting) === Boolean(turn.waiting))
      .sort((a, b) => a.order - b.order || a._id.localeCompare(b._id));
    const here = line.findIndex(({ _id }) => _id === turnId);
    const [before, after] = to === 'earlier' ? [line[here - 2], line[here - 1]] : [line[here + 1], line[here + 2]];
    if (!(to === 'earlier' ? after : before)) return [turn]; // at the end of the line already
    const order = rankBetween(before?.order, after?.order);
    if (order !== null) return [await changeTurn(turn, seen, { order, revision })];
    return renumber(turn, seen, line, { here, by: to === 'earlier' ? -1 : 1, revision });
  });
}

/** No number fits between two ranks any more: the whole line is numbered anew, with the turn at its new place. */
async function renumber(
  turn: Turn,
  seen: number,
  line: readonly Turn[],
  { here, by, revision }: { here: number; by: number; revision: number },
): Promise<Turn[]> {
  const others = line.filter(({ _id }) => _id !== turn._id);
  const moved = await changeTurn(turn, seen, { order: here + by + 1, revision });
  const behind = others.map((one, index) => ({ ...one, order: index < here + by ? index + 1 : index + 2, revision }));
  await TurnModel.bulkWrite(
    behind.map(({ _id, order }) => ({ updateOne: { filter: { _id }, update: { $set: { order, revision } } } })),
  );
  return [...behind, moved];
}
