import { z } from 'zod';
import { hasRole, type Actor } from '../../kernel/actor.ts';
import { forbidden, notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { id, several } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import { forgetTopics } from '../publicTopics.ts';
import { TopicModel, type Topic } from '../topicModel.ts';

const schema = z.object({
  letterIds: several(id, 200),
  /** An existing topic, or a title for a new one; with neither the letters leave theirs. */
  topicId: z.string().max(40).default(''),
  title: typedText({ min: 0, max: 60, line: true }).default(''),
});

/** 归并热点: near-identical letters across departments become one hot topic. Gives the topic, null when they left one. */
export async function mergeHotTopic(actor: Actor, input: unknown): Promise<Topic | null> {
  const { letterIds, topicId, title } = parse(schema, input);
  if (!hasRole(actor, 'clerk', 'supervisor')) throw forbidden('mailbox.errors.not-your-part');
  const letters = await Promise.all(letterIds.map((letterId) => letterForAct(actor, letterId, 'merge-topic')));
  const topic = await topicFor(actor, topicId, title);
  for (const letter of letters) {
    if (letter.topicId === (topic?._id ?? null)) continue;
    await moveLetter(actor, letter, 'merge-topic', {
      set: { topicId: topic?._id ?? null },
      data: { topic: topic?.title ?? null },
    });
  }
  forgetTopics();
  return topic;
}

async function topicFor(actor: Actor, topicId: string, title: string): Promise<Topic | null> {
  if (topicId) {
    const found = await TopicModel.findById(topicId).lean<Topic>();
    if (!found) throw notFound('mailbox.errors.no-topic');
    return found;
  }
  if (!title) return null;
  const topic = { _id: newId(), title, createdAt: now(), by: doerOf(actor) };
  await TopicModel.collection.insertOne(topic as never);
  return topic;
}
