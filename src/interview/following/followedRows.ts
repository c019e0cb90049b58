import type { Row } from '../../live/index.ts';
import { membersOf, rootOf } from '../groups.ts';
import type { Interview } from '../interviewModel.ts';
import { isPublicQuestion } from '../question.ts';
import { QuestionModel, type Question } from '../questionModel.ts';
import { FollowModel, type Follow } from './followModel.ts';

type Stage = Pick<Interview, 'onStage' | 'stageRevision'>;

/** A followed question for who follows it; `shown` is the one it was merged into, or itself. */
function followedRow(follow: Follow, shown: Question, stage: Stage): Row {
  const revision = Math.max(shown.revision, stage.stageRevision);
  const base = { id: `followed-${follow.questionId}`, kind: 'followed', revision };
  if (!isPublicQuestion(shown.state)) return { ...base, gone: true };
  return {
    ...base,
    questionId: follow.questionId,
    shownId: shown._id,
    text: shown.text,
    state: shown.state,
    answered: shown.state === 'answered',
    onStage: stage.onStage === shown._id && shown.state === 'published',
    mail: follow.mail,
    at: follow.at.toISOString(),
  };
}

/** What a changed question means to those who follow it, or one that was merged into it. */
export async function followersRows(question: Question, stage: Stage): Promise<Record<string, Row[]>> {
  if (!question.followed) return {};
  const ids = question.alike > 0 ? await membersOf(question._id) : [question._id];
  const follows = await FollowModel.find({ questionId: { $in: ids } }).lean<Follow[]>();
  const persons: Record<string, Row[]> = {};
  for (const follow of follows) {
    persons[follow.personId] = [...(persons[follow.personId] ?? []), followedRow(follow, question, stage)];
  }
  return persons;
}

/** Everything one person follows in an interview. */
export async function followedBy(personId: string, interviewId: string, stage: Stage): Promise<Row[]> {
  const follows = await FollowModel.find({ personId, interviewId }).sort({ at: -1 }).lean<Follow[]>();
  const rows = await Promise.all(
    follows.map(async (follow) => {
      const root = await rootOf(follow.questionId);
      const shown = await QuestionModel.findById(root, { trail: 0 }).lean<Question | null>();
      return shown ? [followedRow(follow, shown, stage)] : [];
    }),
  );
  return rows.flat().filter(({ gone }) => !gone);
}
