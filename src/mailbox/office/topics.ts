import { hasRole, type Actor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';
import { resemblance } from '../../text/index.ts';
import { openLetters, type QueueRow } from '../board.ts';
import { LetterModel } from '../letterModel.ts';
import { canRead } from '../policy.ts';
import { TopicModel, type Topic } from '../topicModel.ts';
import { letterPath } from './rows.ts';
import { nameInLanguage } from '../../organization/index.ts';

const seesTopics = (actor: Actor): boolean => hasRole(actor, 'clerk', 'supervisor');

/** The topics somebody can put a letter into, newest first; none for those who do not. */
export async function topicOptions(actor: Actor): Promise<{ value: string; label: string }[]> {
  if (!seesTopics(actor)) return [];
  const topics = await TopicModel.find({}).sort({ createdAt: -1 }).limit(100).lean<Topic[]>();
  return topics.map(({ _id, title }) => ({ value: _id, label: title }));
}

/** The hot topics 热点 with their letters, and groups of open letters that look like one. */
export async function topicsModel(actor: Actor) {
  if (!seesTopics(actor)) throw forbidden('mailbox.errors.not-your-part');
  const topics = await TopicModel.find({}).sort({ createdAt: -1 }).limit(100).lean<Topic[]>();
  const counts = await Promise.all(topics.map(({ _id }) => LetterModel.countDocuments({ topicId: _id })));
  const open = [...(await openLetters()).values()].filter((row) => row.topicId === null && canRead(actor, row));
  return {
    topics: topics.map((topic, index) => ({
      title: topic.title,
      href: `/office/supervision/topics/${topic._id}`,
      createdAt: topic.createdAt,
      by: topic.by.name,
      count: counts[index] ?? 0,
    })),
    groups: groupsOf(open).map((rows) => ({
      title: rows[0]?.title ?? '',
      departments: [
        ...new Set(rows.flatMap(({ lead }) => (lead ? [nameInLanguage(lead.name, actor.language)] : []))),
      ].join(actor.language === 'en' ? ', ' : '、'),
      letters: rows.map((row) => ({
        key: `${row.id}~${row.version}`,
        number: row.number,
        title: row.title,
        href: letterPath(row.number),
      })),
    })),
  };
}

/** Open letters whose titles say nearly the same, two or more together, the largest groups first. */
export function groupsOf(rows: readonly QueueRow[], likeness = 0.4): QueueRow[][] {
  const groups: QueueRow[][] = [];
  for (const row of rows.slice(0, 2000)) {
    const home = groups.find(([first]) => first && resemblance(first.title, row.title) >= likeness);
    if (home) home.push(row);
    else groups.push([row]);
  }
  return groups
    .filter(({ length }) => length > 1)
    .sort((one, other) => other.length - one.length)
    .slice(0, 10);
}
