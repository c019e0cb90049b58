import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { invalid } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse, say } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { formKey, id } from '../fields.ts';
import { answerLengthMax } from '../settings.ts';
import { speakersOf } from '../speakers.ts';
import { TurnModel, type Turn } from '../turnModel.ts';
import { asRecorder } from './recordTurn.ts';

const schema = () =>
  z.object({
    interviewId: id,
    speakerId: z.string(say('interview.errors.choose-speaker')),
    text: typedText({ min: 1, max: answerLengthMax.value() }),
    formKey,
  });

/** The recorder writes down what somebody said; everyone reads it at once. The same form sent twice is one turn. */
export async function addTurn(actor: Actor, input: unknown) {
  const { interviewId, speakerId, text, formKey: key } = parse(schema(), input);
  return asRecorder(actor, interviewId, async (interview, revision) => {
    const there = await TurnModel.findOne({ interviewId, formKey: key }).lean<Turn>();
    if (there) return there;
    const speaker = speakersOf(interview).find((one) => one.id === speakerId);
    if (!speaker) throw invalid({ speakerId: { key: 'interview.errors.choose-speaker' } });
    const last = await TurnModel.find({ interviewId }, { order: 1 })
      .sort({ order: -1 })
      .limit(1)
      .lean<{ order: number }[]>();
    const turn: Turn = {
      _id: newId(),
      interviewId,
      order: (last[0]?.order ?? 0) + 1,
      speaker: { id: speaker.id, name: speaker.name, title: speaker.title },
      text,
      kind: interview.state === 'live' ? 'live' : 'added',
      at: now(),
      by: doerOf(actor),
      formKey: key,
      correctedAt: null,
      earlier: [],
      removedAt: null,
      revision,
      version: 1,
    };
    await TurnModel.create(turn);
    return turn;
  });
}
