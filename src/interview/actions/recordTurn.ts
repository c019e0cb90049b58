import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { isOpenTo } from '../interview.ts';
import type { Interview } from '../interviewModel.ts';
import { canRecord, demand } from '../policy.ts';
import { inRoom } from '../room.ts';
import { deskTurnRow, publicTurnRow } from '../rows.ts';
import { TurnModel, type Turn } from '../turnModel.ts';

/** Does one act of the recorder on the record; `change` gives the turn, or the turns, as they are afterwards. */
export async function asRecorder<Changed extends Turn | readonly Turn[]>(
  actor: Actor,
  interviewId: string,
  change: (interview: Interview, revision: number) => Promise<Changed>,
  deed: 'record' | 'release' = 'record',
): Promise<Changed> {
  let changed: Changed | undefined;
  await inRoom(interviewId, async (fresh, revision) => {
    demand(canRecord(actor, fresh), actor, fresh);
    if (!isOpenTo(deed, fresh.state)) throw conflict(`interview.errors.no-record-${fresh.state}`);
    changed = await change(fresh, revision);
    return turnsChange([changed].flat());
  });
  return changed as Changed;
}

/** What changed turns mean to the public and to the desks. */
export function turnsChange(turns: readonly Turn[]) {
  return { public: turns.map(publicTurnRow).filter((row) => row !== null), desk: turns.map(deskTurnRow) };
}

/** Writes over the version that was seen; a conflict when somebody changed the turn in between. */
export async function changeTurn(
  turn: Turn,
  seen: number,
  update: Record<string, unknown>,
  push?: object,
): Promise<Turn> {
  const written = await TurnModel.updateOne(
    { _id: turn._id, version: seen },
    { $set: update, $inc: { version: 1 }, ...(push ? { $push: push } : {}) },
  );
  if (written.matchedCount === 0) throw conflict('interview.errors.turn-changed-meanwhile');
  return (await TurnModel.findById(turn._id).lean<Turn>()) as Turn;
}
