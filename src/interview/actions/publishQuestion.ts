import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { trailEntry } from '../doer.ts';
import { questionMoves } from '../question.ts';
import { changeQuestion } from '../questionModel.ts';
import { version } from '../fields.ts';
import { decisionOf } from '../decision.ts';
import { releasedWith } from '../review/settle.ts';
import { questionLengthMax } from '../settings.ts';
import { asScreener, mineOrNobodys, refuseIfOthers, whichQuestion } from './screenQuestion.ts';

const schema = () =>
  z.object({
    ...whichQuestion,
    text: typedText({ min: 1, max: questionLengthMax.value() }).optional(),
    version: version.optional(),
  });

/** A screener publishes a question, as it is or with `text` put better; the asker's own words are kept. Answers ready come too. */
export async function publishQuestion(actor: Actor, input: unknown, group?: string) {
  const { text, version: seen, ...which } = parse(schema(), input);
  return asScreener(
    actor,
    which,
    (question, revision) => {
      refuseIfOthers(actor, question);
      if (text !== undefined && seen !== undefined && seen !== question.version && question.text !== text) {
        throw conflict('interview.errors.question-changed-meanwhile', { text: question.text });
      }
      const edited = text !== undefined && text !== question.text;
      const released = question.answers.length > 0 ? releasedWith(question, now()) : null;
      return changeQuestion(question, {
        from: questionMoves.publish.from,
        only: (fresh) => mineOrNobodys(actor)(fresh) && (released === null || fresh.version === question.version),
        set: {
          state: 'published',
          ...released,
          decided: decisionOf(actor, 'publish', question, group),
          claim: null,
          publishedAt: now(),
          revision,
          ...(edited ? { text, original: question.original ?? question.text } : {}),
        },
        trail: trailEntry(actor, edited ? 'publish-edited' : 'publish', {
          from: question.state,
          to: released?.state ?? 'published',
        }),
        refusedKey: 'interview.errors.already-decided',
      });
    },
    'publish',
  );
}
