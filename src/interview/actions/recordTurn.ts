import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { isOpenTo } from '../interview.ts';
import { findInterview, type Interview } from '../interviewModel.ts';
import { canRecord, demand } from '../policy.ts';
import { inRoom } from '../room.ts';
import { deskTurnRow, turnRow } from '../rows.ts';
import { TurnModel, type Turn } from '../turnModel.ts';

/** Does one act of the recorder on the record; `change` gives the turn as it is afterwards. */
export async function asRecorder(
  actor: Actor,
  interviewId: string,
  change: (interview: Interview, revision: number) => Promise<Turn>,
): Promise<Turn> {
  const interview = await findInterview(interviewId);
  demand(canRecord(actor, interview), actor, interview);
  let turn: Turn | undefined;
  await inRoom(interviewId, async (fresh, revision) => {
    if (!isOpenTo('record', fresh.state)) throw conflict(`interview.errors.no-record-${fresh.state}`);
    turn = await change(fresh, revision);
    return { public: [turnRow(turn)], desk: [deskTurnRow(turn)] };
  });
  return turn as Turn;
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
