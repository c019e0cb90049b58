import type { Row } from '../live/index.ts';
import type { Interview } from './interviewModel.ts';
import { membersOf, rootOf } from './groups.ts';
import { followersRows } from './following/followedRows.ts';
import { QuestionModel, type Question } from './questionModel.ts';
import { mineRow } from './rows.ts';

type Stage = Pick<Interview, 'onStage' | 'stageRevision' | 'state'>;

/** The askers' own rows of these questions; one that was merged follows the question it was merged into. */
export async function ownRows(questions: readonly Question[], stage: Stage): Promise<Row[]> {
  return Promise.all(
    questions.map(async (question) => {
      if (question.state !== 'merged') return mineRow(question, stage);
      const root = await QuestionModel.findById(await rootOf(question._id), { trail: 0 }).lean<Question | null>();
      return mineRow(question, stage, root);
    }),
  );
}

/** What a changed question means to those who asked or follow it, and to those whose question was merged into it. */
export async function askersRows(question: Question, stage: Stage): Promise<Record<string, Row[]>> {
  const others = question.alike > 0 ? (await membersOf(question._id)).filter((id) => id !== question._id) : [];
  const merged =
    others.length > 0 ? await QuestionModel.find({ _id: { $in: others } }, { trail: 0 }).lean<Question[]>() : [];
  const concerned = [question, ...merged];
  const rows = await ownRows(concerned, stage);
  const persons = await followersRows(question, stage);
  concerned.forEach(({ askerId }, index) => {
    persons[askerId] = [...(persons[askerId] ?? []), rows[index] as Row];
  });
  return persons;
}
