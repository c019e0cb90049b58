import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { invalid } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { formKey, id, ticked } from '../fields.ts';
import { lastRank, newTurn, sameTurn } from '../record/newTurn.ts';
import { answerLengthMax } from '../settings.ts';
import { speakersOf } from '../speakers.ts';
import { TurnModel, type Turn } from '../turnModel.ts';
import { asRecorder } from './recordTurn.ts';

const schema = () =>
  z.object({
    interviewId: id,
    speakerId: z.string(say('interview.errors.choose-speaker')),
    text: typedText({ min: 1, max: answerLengthMax.value() }),
    hold: ticked,
    formKey,
  });

/**
 * The recorder writes down what somebody says. Live, everyone reads it at once; before the start (预录), or held back,
 * it waits to be released; after the close it is marked as added (补录). The same form sent twice is one turn.
 */
export async function addTurn(actor: Actor, input: unknown) {
  const { interviewId, speakerId, text, hold, formKey: key } = parse(schema(), input);
  return asRecorder(actor, interviewId, async (interview, revision) => {
    const there = await TurnModel.findOne({ interviewId, formKey: key }).lean<Turn>();
    if (there) return sameTurn(there, text);
    const speaker = speakersOf(interview).find((one) => one.id === speakerId);
    if (!speaker) throw invalid({ speakerId: { key: 'interview.errors.choose-speaker' } });
    const order = await lastRank(interviewId);
    const turn = newTurn(actor, interview, { speaker, text, hold, formKey: key, order, revision });
    await TurnModel.create(turn);
    return turn;
  });
}
