import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { id, version } from '../fields.ts';
import { lastRank } from '../record/newTurn.ts';
import { findTurn } from '../turnModel.ts';
import { asRecorder, changeTurn } from './recordTurn.ts';

const schema = z.object({ interviewId: id, turnId: id, version });

/** A prepared turn 预录 is being said now: it goes out to everyone, behind what was said so far. */
export async function releaseTurn(actor: Actor, input: unknown) {
  const { interviewId, turnId, version: seen } = parse(schema, input);
  return asRecorder(
    actor,
    interviewId,
    async (_interview, revision) => {
      const turn = await findTurn(interviewId, turnId);
      if (!turn.waiting) return turn;
      if (turn.removedAt) throw conflict('interview-record.errors.removed');
      const order = await lastRank(interviewId);
      return changeTurn(turn, seen, { waiting: false, at: now(), order, revision });
    },
    'release',
  );
}
