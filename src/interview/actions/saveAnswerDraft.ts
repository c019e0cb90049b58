import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { answerLengthMax } from '../settings.ts';
import { asAnswering, draftOf, storeAnswer, whichAnswer } from './answerQuestion.ts';

const schema = () => z.object({ ...whichAnswer, text: typedText({ min: 0, max: answerLengthMax.value() }) });

/**
 * Keeps a guest's unfinished answer. Takes { interviewId, questionId, guestId, text, version }, where `version` is what
 * was loaded (0 for none); gives the version that was saved. A conflict when somebody saved in between.
 */
export async function saveAnswerDraft(actor: Actor, input: unknown) {
  const { text, version, ...which } = parse(schema(), input);
  return asAnswering(actor, which, 'draft', (question, guest, revision) =>
    storeAnswer(actor, question, { guest, revision, seen: version, set: draftOf(actor, text) }),
  );
}
