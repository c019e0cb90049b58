import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { doerOf, trailEntry } from '../doer.ts';
import { isPublicQuestion, type QuestionState } from '../question.ts';
import type { Answer } from '../questionModel.ts';
import { stepOf } from '../review/changePending.ts';
import { answeredBy, cosignersOf, reviewsAnswers, settled } from '../review/settle.ts';
import { answerLengthMax } from '../settings.ts';
import { asAnswering, blankAnswer, draftOf, storeAnswer, whichAnswer } from './answerQuestion.ts';

const schema = () => z.object({ ...whichAnswer, text: typedText({ min: 2, max: answerLengthMax.value() }) });

/** States in which a question takes an answer; what waits for a screener is answered when it is published. */
const answerable: readonly QuestionState[] = ['received', 'screening', 'published', 'answered'];

/**
 * A guest hands an answer in. It goes out to everyone at once, unless others have to agree to it 联合答复, a reviewer has
 * to let it through 政策关, or its question is not public yet: then it waits for them. An answer that was out already is
 * corrected in the same way: the earlier words are kept and the correction is marked. Gives the stage it has reached.
 */
export async function publishAnswer(actor: Actor, input: unknown) {
  const { text, version, ...which } = parse(schema(), input);
  return asAnswering(actor, which, 'answer', (question, guest, revision, interview) => {
    if (!answerable.includes(question.state)) throw conflict('interview.errors.question-not-published');
    const at = now();
    const before = question.answers.find(({ guestId }) => guestId === guest.id);
    if (before?.text === text && !before.pending) throw conflict('interview.errors.answer-out-already');
    if (before?.pending?.text === text && !before.pending.returned)
      throw conflict('interview-review.handed-in-already');
    const base: Answer = { ...(before ?? blankAnswer(actor, guest)), ...draftOf(actor, text) };
    const handedIn = {
      text,
      // Every change of words adds a step: no wording ever has the number of an earlier one
      version: (before?.steps?.length ?? 0) + 1,
      by: doerOf(actor),
      at,
      original: null,
      cosigners: cosignersOf(question, guest.id),
      agreed: [],
      reviewed: reviewsAnswers(interview),
      approved: false,
      returned: null,
    };
    const { answer, stage } = settled(base, handedIn, isPublicQuestion(question.state), at);
    const { id: _id, guestId: _guest, guestName: _name, guestTitle: _title, version: _version, ...set } = answer;
    const step = stage === 'out' ? [] : [stepOf(actor, { what: 'submitted' }, text, at)];
    const corrects = base.text !== null;
    return storeAnswer(actor, question, {
      guest,
      revision,
      seen: version,
      from: answerable,
      set: { ...set, steps: [...(base.steps ?? []), ...step] },
      question: answeredBy(question, stage, at),
      trail: trailEntry(actor, stage === 'out' ? (corrects ? 'correct-answer' : 'answer') : 'answer-submitted', {
        from: question.state,
        ...(stage === 'out' ? { to: 'answered' } : {}),
      }),
    });
  });
}
