import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { trailEntry } from '../doer.ts';
import { isPublicQuestion } from '../question.ts';
import { answerLengthMax } from '../settings.ts';
import { asAnswering, draftOf, storeAnswer, whichAnswer } from './answerQuestion.ts';

const schema = () => z.object({ ...whichAnswer, text: typedText({ min: 2, max: answerLengthMax.value() }) });

/**
 * A guest's answer goes out to everyone, and the question counts as answered. An answer that was out already is
 * corrected: the earlier words are kept and the correction is marked.
 */
export async function publishAnswer(actor: Actor, input: unknown) {
  const { text, version, ...which } = parse(schema(), input);
  return asAnswering(actor, which, 'answer', (question, guest, revision) => {
    if (!isPublicQuestion(question.state)) throw conflict('interview.errors.question-not-published');
    const at = now();
    const before = question.answers.find(({ guestId }) => guestId === guest.id);
    if (before?.text === text) throw conflict('interview.errors.answer-out-already');
    const out = before && before.text !== null ? { text: before.text, publishedAt: before.publishedAt } : null;
    return storeAnswer(actor, question, {
      guest,
      revision,
      seen: version,
      set: { ...draftOf(actor, text), text, publishedAt: out?.publishedAt ?? at },
      ...(out ? { earlier: { text: out.text, at } } : {}),
      question: { state: 'answered', answeredAt: question.answeredAt ?? at },
      trail: trailEntry(actor, out ? 'correct-answer' : 'answer', { from: question.state, to: 'answered' }),
    });
  });
}
