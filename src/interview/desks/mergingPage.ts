import type { Actor } from '../../kernel/actor.ts';
import { translate } from '../../platform/language.ts';
import { findPublished, foundAtMost } from '../actions/findPublished.ts';
import { foundCards } from '../cards.ts';
import { findInterview } from '../interviewModel.ts';
import { questionMoves, type QuestionState } from '../question.ts';
import { findQuestion } from '../questionModel.ts';
import { deskPage } from './desk.ts';

const mergeable: readonly QuestionState[] = questionMoves.merge.from;

/** One question and the published ones that were searched for, to merge it into one of them; works without scripts. */
export async function mergingPage(
  actor: Actor,
  { interviewId, questionId, words }: { interviewId: string; questionId: string; words: unknown },
) {
  const asked = typeof words === 'string' ? words : '';
  // Refused first, for whom the desk is not
  const found = await findPublished(actor, { interviewId, questionId, words: asked });
  const [interview, question] = await Promise.all([findInterview(interviewId), findQuestion(interviewId, questionId)]);
  const desk = await deskPage(actor, interview, 'screening');
  const title = translate(actor.language, 'interview-merge.title');
  return {
    ...desk,
    title,
    crumbs: [...desk.crumbs.slice(0, -1), { href: `${desk.base}/screening`, text: desk.title }, { text: title }],
    question: { id: questionId, text: question.text, supports: question.supports },
    mergeable: mergeable.includes(question.state),
    words: asked,
    found: foundCards(found, desk.votes),
    full: found.length === foundAtMost,
  };
}
