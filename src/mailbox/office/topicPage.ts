import { hasRole, type Actor } from '../../kernel/actor.ts';
import { forbidden, notFound } from '../../kernel/errors.ts';
import { nameInLanguage } from '../../organization/index.ts';
import { keepsTopics } from '../actions/keepTopic.ts';
import { LetterModel } from '../letterModel.ts';
import { canRead } from '../policy.ts';
import type { Letter } from '../record.ts';
import { TopicModel, type Topic } from '../topicModel.ts';
import { letterPath } from './rows.ts';
import { topicOptions } from './topics.ts';
import { stateTone, stateWord } from './words.ts';

export const topicPath = (id: string): string => `/office/supervision/topics/${id}`;
const fields = { trail: 0, outbox: 0, pastClocks: 0, clocks: 0, remarks: 0, inquiries: 0, body: 0 };
const most = 500;

/** One hot topic: its letters that this person may read, and what can be done with it. */
export async function topicModel(actor: Actor, id: string, typed: Record<string, unknown>) {
  if (!hasRole(actor, 'clerk', 'supervisor')) throw forbidden('mailbox.errors.not-your-part');
  const topic = await TopicModel.findById(id).lean<Topic>();
  if (!topic) throw notFound('mailbox.errors.no-topic');
  const found = await LetterModel.find({ topicId: id }, fields)
    .sort({ submittedAt: -1, _id: -1 })
    .limit(most)
    .lean<Letter[]>();
  const { language } = actor;
  return {
    topic: { title: topic.title, by: topic.by.name, createdAt: topic.createdAt },
    path: topicPath(id),
    values: { title: typeof typed['title'] === 'string' ? typed['title'] : topic.title },
    mayKeep: keepsTopics(actor),
    others: (await topicOptions(actor)).filter(({ value }) => value !== id),
    letters: found
      .filter((letter) => canRead(actor, letter))
      .map((letter) => ({
        id: letter._id,
        number: letter.number,
        title: letter.title,
        href: letterPath(letter.number),
        submittedAt: letter.submittedAt,
        state: { tone: stateTone(letter.state), text: stateWord(letter.state, language) },
        department: nameInLanguage(letter.lead?.name ?? '', language),
      })),
  };
}
