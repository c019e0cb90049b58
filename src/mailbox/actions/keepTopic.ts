import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden, invalid, notFound } from '../../kernel/errors.ts';
import { mayCityWide } from '../../kernel/may.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { LetterModel } from '../letterModel.ts';
import { forgetTopics } from '../publicTopics.ts';
import { TopicModel, type Topic } from '../topicModel.ts';
import { mergeHotTopic } from './mergeHotTopic.ts';

/** Topics are words of the whole city, and citizens read them: the secretariat and supervisors keep them. */
export const keepsTopics = (actor: Actor): boolean => mayCityWide(actor, 'clerk', 'supervisor');

const topicId = z.string().max(40);
const renaming = z.object({ topicId, title: typedText({ min: 2, max: 60, line: true }) });
const ending = z.object({ topicId, into: z.string().max(40).default('') });
const atOnce = 200;

async function topicOf(actor: Actor, id: string): Promise<Topic> {
  if (!keepsTopics(actor)) throw forbidden('mailbox.errors.not-your-part');
  const topic = await TopicModel.findById(id).lean<Topic>();
  if (!topic) throw notFound('mailbox.errors.no-topic');
  return topic;
}

const targetOf = ({ _id, title }: Topic) => ({ type: 'topic', id: _id, label: title });

/** Gives a hot topic another name; its letters stay. Two topics of one name would be one. */
export async function renameTopic(actor: Actor, input: unknown): Promise<void> {
  const { topicId: id, title } = parse(renaming, input);
  const topic = await topicOf(actor, id);
  if (topic.title === title) return;
  if (await TopicModel.exists({ title })) throw invalid({ title: { key: 'mailbox-office.topics.name-taken' } });
  await TopicModel.updateOne({ _id: id }, { $set: { title } });
  forgetTopics();
  await recordAudit(actor, {
    verb: 'topic.rename',
    target: targetOf(topic),
    before: { title: topic.title },
    after: { title },
  });
}

/** Ends a hot topic: its letters go into another one, or have none any more. What broke off is finished by asking again. */
export async function endTopic(actor: Actor, input: unknown): Promise<void> {
  const { topicId: id, into } = parse(ending, input);
  const topic = await topicOf(actor, id);
  if (into === id) throw invalid({ into: { key: 'errors.invalid-value' } });
  const other = into ? await topicOf(actor, into) : null;
  const letterIds = (await LetterModel.find({ topicId: id }, { _id: 1 }).sort({ _id: 1 }).lean()).map(({ _id }) => _id);
  for (let from = 0; from < letterIds.length; from += atOnce) {
    await mergeHotTopic(actor, { letterIds: letterIds.slice(from, from + atOnce), topicId: into });
  }
  await TopicModel.deleteOne({ _id: id });
  forgetTopics();
  await recordAudit(actor, {
    verb: other ? 'topic.merge' : 'topic.remove',
    target: targetOf(topic),
    ...(other ? { after: { title: other.title } } : {}),
  });
}
