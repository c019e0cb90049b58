import { now } from '../kernel/time.ts';
import { LetterModel } from './letterModel.ts';
import type { Letter } from './record.ts';
import { type Topic, TopicModel } from './topicModel.ts';

/** A hot topic 热点 as everybody sees it: what many wrote about, and how many of these letters are public. */
export interface PublicTopic {
  id: string;
  title: string;
  letters: number;
  answered: number;
  departments: string[];
}

const keptMs = 60_000;
let kept: { at: number; topics: Promise<PublicTopic[]> } | null = null;

/** Hot topics with public letters, the largest first; counted anew once a minute. */
export function publicTopics(): Promise<PublicTopic[]> {
  const at = now().getTime();
  if (!kept || Math.abs(at - kept.at) > keptMs) {
    kept = { at, topics: count() };
    kept.topics.catch(() => (kept = null));
  }
  return kept.topics;
}

/** For tests and after a topic was made: the next question counts anew. */
export function forgetTopics(): void {
  kept = null;
}

async function count(): Promise<PublicTopic[]> {
  const topics = await TopicModel.find({}).sort({ createdAt: -1 }).limit(50).lean<Topic[]>();
  const counted = await Promise.all(topics.map(countOne));
  return counted.filter(({ letters }) => letters > 0).sort((one, other) => other.letters - one.letters);
}

async function countOne({ _id: id, title }: Topic): Promise<PublicTopic> {
  const match = { topicId: id, publishedAt: { $gte: new Date(0) } };
  const found = await LetterModel.find(match, { visibility: 1, facts: 1 }).limit(500).lean<Letter[]>();
  const shown = found.filter(({ visibility }) => visibility !== 'private');
  return {
    id,
    title,
    letters: shown.length,
    answered: shown.filter(({ facts }) => facts.repliedAt !== null).length,
    departments: [...new Set(shown.map(({ facts }) => facts.departmentName).filter((name) => name !== ''))],
  };
}
