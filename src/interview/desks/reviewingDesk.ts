import type { Actor } from '../../kernel/actor.ts';
import { reviewingCards } from '../review/cards.ts';
import { isOpenTo } from '../interview.ts';
import type { Interview } from '../interviewModel.ts';
import { reviewsAnswers } from '../review/settle.ts';
import { answerLengthMax } from '../settings.ts';
import { deskPage } from './desk.ts';

/** The reviewer's desk: answers that wait to be let through, the oldest first; then those they sent back or wait for. */
export async function reviewingDesk(actor: Actor, interview: Interview, typed?: { id: string; text: string }) {
  const desk = await deskPage(actor, interview, 'reviewing');
  const cards = desk.questions
    .flatMap((row) => reviewingCards(row, desk))
    .sort((a, b) => a.at.localeCompare(b.at))
    .map((one) => ({ ...one, typed: typed?.id === one.id ? typed.text : null }));
  // What is handed in after the archiving belongs to a question that was left open
  const owed = interview.state === 'archived' && cards.some(({ waiting }) => waiting);
  const open = owed || isOpenTo('answer', interview.state);
  return {
    ...desk,
    waiting: cards.filter((one) => one.waiting),
    elsewhere: cards.filter((one) => !one.waiting),
    reviewed: reviewsAnswers(interview),
    max: answerLengthMax.value(),
    open,
    roomData: { ...desk.roomData, open },
  };
}
