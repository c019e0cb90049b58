import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { id, version } from '../fields.ts';
import { answerLengthMax } from '../settings.ts';
import { findTurn } from '../turnModel.ts';
import { asRecorder, changeTurn } from './recordTurn.ts';

const schema = () =>
  z.object({ interviewId: id, turnId: id, text: typedText({ min: 1, max: answerLengthMax.value() }), version });

/** The recorder corrects a turn; it is marked as corrected and the earlier words are kept. */
export async function correctTurn(actor: Actor, input: unknown) {
  const { interviewId, turnId, text, version: seen } = parse(schema(), input);
  return asRecorder(actor, interviewId, async (_interview, revision) => {
    const turn = await findTurn(interviewId, turnId);
    if (turn.text === text) return turn;
    const earlier = { text: turn.text, at: now(), by: doerOf(actor) };
    return changeTurn(turn, seen, { text, correctedAt: now(), revision }, { earlier });
  });
}
