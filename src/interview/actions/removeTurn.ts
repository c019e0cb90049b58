import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { id, version } from '../fields.ts';
import { findTurn } from '../turnModel.ts';
import { asRecorder, changeTurn } from './recordTurn.ts';

const schema = z.object({ interviewId: id, turnId: id, version });

/** The recorder takes a turn out of the record; it can be brought back. */
export async function removeTurn(actor: Actor, input: unknown) {
  return setRemoved(actor, input, true);
}

/** The recorder brings a removed turn back to its place. */
export async function restoreTurn(actor: Actor, input: unknown) {
  return setRemoved(actor, input, false);
}

function setRemoved(actor: Actor, input: unknown, removed: boolean) {
  const { interviewId, turnId, version: seen } = parse(schema, input);
  return asRecorder(actor, interviewId, async (_interview, revision) => {
    const turn = await findTurn(interviewId, turnId);
    if ((turn.removedAt !== null) === removed) return turn;
    const at = removed ? now() : null;
    return changeTurn(
      turn,
      seen,
      { removedAt: at, revision },
      { earlier: { text: turn.text, at: now(), by: doerOf(actor) } },
    );
  });
}
