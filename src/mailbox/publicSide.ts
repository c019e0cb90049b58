import { LetterModel } from './letterModel.ts';
import type { Letter } from './record.ts';

/** What everybody may read of a letter. Nothing of the original is in it. */
export interface PublicLetter {
  number: string;
  kind: Letter['kind'];
  box: Letter['box'];
  subject: string;
  state: Letter['state'];
  department: string;
  departmentId: string | null;
  title: string;
  /** Empty when only title and course are public. */
  body: string;
  reply: string;
  submittedAt: Date;
  repliedAt: Date | null;
  publishedAt: Date;
  satisfaction: Letter['facts']['satisfaction'];
  /** Whether the writer says that it was solved; apart from satisfaction. */
  solved: boolean | null;
  topicId: string | null;
}

/** What is read of a letter for it. */
export const publicLetterFields = {
  number: 1,
  kind: 1,
  box: 1,
  subject: 1,
  state: 1,
  visibility: 1,
  publicVersion: 1,
  publishedAt: 1,
  submittedAt: 1,
  repliedAt: 1,
  facts: 1,
  topicId: 1,
};

/** The public side of a letter, or null when it has none. */
export function publicSide(letter: Letter | undefined): PublicLetter | null {
  if (!letter?.publicVersion || letter.visibility === 'private' || !letter.publishedAt) return null;
  const { number, kind, box, subject, state, facts, submittedAt, repliedAt, publishedAt, topicId } = letter;
  const { title, body, reply } = letter.publicVersion;
  const full = letter.visibility === 'public';
  return {
    number,
    kind,
    box,
    subject,
    state,
    department: facts.departmentName,
    departmentId: facts.departmentId,
    title,
    body: full ? body : '',
    reply: full ? reply : '',
    submittedAt,
    repliedAt,
    publishedAt,
    satisfaction: facts.satisfaction,
    solved: facts.solved,
    topicId,
  };
}

/** Letters in the order of their identifiers. */
export async function lettersInOrder(ids: readonly string[]): Promise<Letter[]> {
  if (ids.length === 0) return [];
  const found = await LetterModel.find({ _id: { $in: [...ids] } }, publicLetterFields).lean<Letter[]>();
  const byId = new Map(found.map((letter) => [letter._id, letter]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
