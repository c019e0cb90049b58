import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, forbidden, notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import type { Row } from '../../live/index.ts';
import { isDuplicate } from '../../platform/database/errors.ts';
import { id } from '../fields.ts';
import { followedBy } from '../following/followedRows.ts';
import { FollowModel } from '../following/followModel.ts';
import { isPublic } from '../interview.ts';
import { findInterview } from '../interviewModel.ts';
import { isPublicQuestion } from '../question.ts';
import { findQuestion, QuestionModel } from '../questionModel.ts';

const whichSchema = z.object({ interviewId: id, questionId: id });
const followSchema = whichSchema.extend({ mail: z.stringbool().or(z.boolean()).optional() });

/**
 * A citizen follows somebody else's public question 关注: it stands among their own, and they are told when it is
 * answered; `mail` says whether also by mail, which needs a proven address. A second time changes only that.
 * Gives their row of it.
 */
export async function followQuestion(actor: Actor, input: unknown): Promise<Row | null> {
  const { interviewId, questionId, mail } = parse(followSchema, input);
  if (actor.kind !== 'guest' && actor.kind !== 'citizen') throw forbidden('interview-follow.staff');
  if (mail && actor.kind !== 'citizen') throw forbidden('interview-follow.mail-needs-address');
  const [interview, question] = [await findInterview(interviewId), await findQuestion(interviewId, questionId)];
  if (!isPublic(interview.state) || !isPublicQuestion(question.state)) {
    throw notFound('interview.errors.question-not-found');
  }
  if (question.askerId === actor.id) throw conflict('interview-follow.own');
  const follow = { interviewId, questionId, personId: actor.id, language: actor.language, at: now() };
  try {
    await FollowModel.create({ _id: newId(), ...follow, mail: mail ?? false });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const wish = { language: actor.language, ...(mail === undefined ? {} : { mail }) };
    await FollowModel.updateOne({ questionId, personId: actor.id }, { $set: wish });
  }
  if (!question.followed) await QuestionModel.updateOne({ _id: questionId }, { $set: { followed: true } });
  const rows = await followedBy(actor.id, interviewId, interview);
  return rows.find((row) => row['questionId'] === questionId) ?? null;
}

/** A citizen does not follow a question any more. */
export async function unfollowQuestion(actor: Actor, input: unknown): Promise<null> {
  const { questionId } = parse(whichSchema, input);
  await FollowModel.deleteOne({ questionId, personId: actor.id });
  return null;
}
