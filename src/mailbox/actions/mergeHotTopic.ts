import { z } from 'zod';
import { hasRole, type Actor } from '../../kernel/actor.ts';
import { forbidden, notFound, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { id, several } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import { forgetTopics } from '../publicTopics.ts';
import type { Letter } from '../record.ts';
import { TopicModel, type Topic } from '../topicModel.ts';

const schema = z.object({
  letterIds: several(id, 200),
  /** An existing topic, or a title for a new one; with neither the letters leave theirs. */
  topicId: z.string().max(40).default(''),
  title: typedText({ min: 0, max: 60, line: true }).default(''),
});

/**
 * 归并热点: near-identical letters across departments become one hot topic. Gives the topic, null when they left one.
 * All letters are looked at before any is moved, and what broke off half-way is finished by asking for the same again.
 */
export async function mergeHotTopic(actor: Actor, input: unknown): Promise<Topic | null> {
  const { letterIds, topicId, title } = parse(schema, input);
  if (!hasRole(actor, 'clerk', 'supervisor')) throw forbidden('mailbox.errors.not-your-part');
  const letters = await Promise.all(letterIds.map((letterId) => letterForAct(actor, letterId, 'merge-topic')));
  const topic = await topicFor(actor, topicId, title);
  for (const letter of letters) {
    await put(actor, letter, topic);
  }
  forgetTopics();
  return topic;
}

/** A colleague's act in the same moment is no reason against it: the letter is then taken as it is now. */
async function put(actor: Actor, letter: Letter, topic: Topic | null, tries = 3): Promise<void> {
  if (letter.topicId === (topic?._id ?? null)) return;
  const change = { set: { topicId: topic?._id ?? null }, data: { topic: topic?.title ?? null } };
  try {
    await moveLetter(actor, letter, 'merge-topic', change);
  } catch (error) {
    if (!(error instanceof Refusal && error.status === 409) || tries === 1) throw error;
    await put(actor, await letterForAct(actor, letter._id, 'merge-topic'), topic, tries - 1);
  }
}

async function topicFor(actor: Actor, topicId: string, title: string): Promise<Topic | null> {
  if (topicId) {
    const found = await TopicModel.findById(topicId).lean<Topic>();
    if (!found) throw notFound('mailbox.errors.no-topic');
    return found;
  }
  if (!title) return null;
  const known = await TopicModel.findOne({ title }).sort({ createdAt: 1, _id: 1 }).lean<Topic>();
  if (known) return known;
  const topic = { _id: newId(), title, createdAt: now(), by: doerOf(actor) };
  await TopicModel.collection.insertOne(topic as never);
  return topic;
}
