import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { trailEntry } from '../doer.ts';
import { version } from '../fields.ts';
import { questionStates } from '../question.ts';
import { changeQuestion } from '../questionModel.ts';
import { questionLengthMax } from '../settings.ts';
import { asScreener, refuseIfOthers, whichQuestion } from './screenQuestion.ts';

const schema = () =>
  z.object({ ...whichQuestion, text: typedText({ min: 1, max: questionLengthMax.value() }), version });

/** A screener puts a question better without deciding on it; `version` is what was on the screen. The original is kept. */
export async function editQuestion(actor: Actor, input: unknown) {
  const { text, version: seen, ...which } = parse(schema(), input);
  return asScreener(actor, which, (question, revision) => {
    refuseIfOthers(actor, question);
    if (question.version !== seen)
      throw conflict('interview.errors.question-changed-meanwhile', { text: question.text });
    const original = question.original ?? question.text;
    return changeQuestion(question, {
      from: questionStates,
      only: (now) => now.version === seen,
      set: { text, original: text === original ? null : original, revision },
      trail: trailEntry(actor, 'edit', { note: question.text }),
      refusedKey: 'interview.errors.question-changed-meanwhile',
    });
  });
}
