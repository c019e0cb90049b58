import type { Letter } from '../record.ts';
import { subjectWord } from '../subjects.ts';
import type { Bench } from './act.ts';
import { orderCause } from './departmentActs.ts';
import { satisfactionWord } from './words.ts';
import { nameInLanguage } from '../../organization/index.ts';

/** The facts beside a letter; those that are not there yet are left out. */
export function sideFacts(letter: Letter, { say, departments, language, asked }: Bench) {
  const topics = (asked['topics'] ?? []) as { value: string; label: string }[];
  const wished = nameInLanguage(departments.find(({ id }) => id === letter.wishedDepartmentId)?.name ?? '', language);
  const facts: [string, string][] = [
    ['subject', subjectWord(letter.subject, language)],
    ['department', nameInLanguage(letter.lead?.name ?? '', language)],
    ['handler', letter.handler?.name ?? ''],
    ['topic', topics.find(({ value }) => value === letter.topicId)?.label ?? ''],
    ['assisting', letter.assisting.map(({ name }) => nameInLanguage(name, language)).join(say('trail-comma'))],
    ['wished', wished],
    ['procedure', say(`procedures.${letter.procedure}`)],
    ['round', letter.round > 1 ? String(letter.round) : ''],
    ['decline-reason', letter.declineReason],
    ['consent', say(letter.mayPublish ? 'answers.yes' : 'answers.no')],
    ['visibility', say(`visibilities.${letter.visibility}`)],
    ['rating', letter.rating ? ratingWords(letter.rating, { say, language }) : ''],
  ];
  return facts.flatMap(([name, text]) => (text ? [{ term: say(`facts.${name}`), text }] : []));
}

function ratingWords(
  rating: NonNullable<Letter['rating']>,
  { say, language }: Pick<Bench, 'say' | 'language'>,
): string {
  const words = [
    satisfactionWord(rating.satisfaction, language),
    say(`trail-data.solved-${rating.solved ? 'yes' : 'no'}`),
  ];
  return [...words, rating.reason].filter(Boolean).join(say('trail-comma'));
}

/** Cards, orders, urges, re-surveys of a letter, all of them, withdrawn ones too. */
export function supervisionView(letter: Letter, bench: Bench) {
  const { say, language } = bench;
  const cards = letter.cards.map((card) => ({
    tone: card.withdrawn ? 'stopped' : `${card.colour}-card`,
    text: `${say(`cards.${card.colour}`)} ${nameInLanguage(card.departmentName, language)}`,
    at: card.at,
    lines: [
      card.reason || (card.dueAt ? say('causes.automatic') : ''),
      card.appeal ? say('supervision.appeal', { name: card.appeal.by.name, text: card.appeal.text }) : '',
      card.appeal?.answer ? say('supervision.appeal-answer', { text: card.appeal.answer.text }) : '',
      card.withdrawn && !card.appeal?.answer ? say('supervision.withdrawn', { text: card.withdrawn.reason }) : '',
      card.withdrawn ? say('supervision.does-not-count') : '',
    ].filter(Boolean),
  }));
  const orders = letter.orders.map((order) => ({
    tone: order.answer ? 'done' : 'overdue',
    text: say('supervision.order', { department: nameInLanguage(order.departmentName, language) }),
    at: order.at,
    lines: [
      orderCause(order.reason, bench),
      order.answer ? say('supervision.order-answer', { name: order.answer.by.name, text: order.answer.text }) : '',
    ].filter(Boolean),
  }));
  const resurveys = letter.resurveys.map((one) => ({
    tone: one.reached ? 'done' : 'stopped',
    text: say('supervision.resurvey', { sample: one.sample }),
    at: one.at,
    lines: [
      one.satisfaction ? satisfactionWord(one.satisfaction, language) : say('supervision.not-reached'),
      one.note,
    ].filter(Boolean),
  }));
  return [...cards, ...orders, ...resurveys].sort((one, other) => other.at.getTime() - one.at.getTime());
}
