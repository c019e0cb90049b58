import { isDuplicate } from '../platform/database/errors.ts';
import { onCitizenGone, onGuestLinked } from '../identity/index.ts';
import { newId } from '../kernel/id.ts';
import { banFollowsLinked, banForgets } from './bans/followPerson.ts';
import { FollowModel, type Follow } from './following/followModel.ts';
import { beginRecounting, recount, rootOf } from './groups.ts';
import { QuestionModel, SupportModel, type Question, type Support } from './questionModel.ts';
import { inRoom, questionChange } from './room.ts';
import { tellVotes } from './supports.ts';

/** Gives a question to another person, keeping each person's own numbering and form keys unique. */
async function giveTo(question: Question, revision: number, owner: Partial<Question> & { askerId: string }) {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const last = await QuestionModel.find(
      { interviewId: question.interviewId, askerId: owner.askerId },
      { askerOrder: 1 },
    )
      .sort({ askerOrder: -1 })
      .limit(1)
      .lean<{ askerOrder: number }[]>();
    try {
      await QuestionModel.updateOne(
        { _id: question._id, askerId: question.askerId },
        { $set: { ...owner, askerOrder: (last[0]?.askerOrder ?? 0) + 1, formKey: newId(20), revision } },
      );
      return;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
}

/** Does something to each question of a person, in its room's turn. */
async function eachQuestionOf(personId: string, change: (question: Question, revision: number) => Promise<unknown>) {
  const own = await QuestionModel.find({ askerId: personId }, { trail: 0 }).sort({ askedAt: 1 }).lean<Question[]>();
  for (const question of own) {
    await inRoom(question.interviewId, async (interview, revision) => {
      await change(question, revision);
      const after = await QuestionModel.findById(question._id).lean<Question | null>();
      return after ? questionChange(interview, after) : {};
    });
  }
}

/** What a guest followed the citizen follows, each question once. */
async function followsFollowLinked(guestId: string, citizenId: string): Promise<void> {
  for (const { _id } of await FollowModel.find({ personId: guestId }).lean<Follow[]>()) {
    try {
      await FollowModel.updateOne({ _id }, { $set: { personId: citizenId } });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      await FollowModel.deleteOne({ _id });
    }
  }
}

// Supports and questions are looked for by their person alone, without an index of their own: reading 120,000 supports
// whole took 0.1 s, by the index on interview and person for 600 interviews 0.3 to 1.6 s, and an index on the person
// would be one write more for every support, of which there are hundreds a second, for what happens once a citizen.
/** A guest turned out to be a citizen: what they asked is the citizen's, and what both supported counts once. */
async function followLinked(guestId: string, citizenId: string): Promise<void> {
  await banFollowsLinked(guestId, citizenId);
  await eachQuestionOf(guestId, (question, revision) =>
    giveTo(question, revision, { askerId: citizenId, askerKind: 'citizen' }),
  );
  await followsFollowLinked(guestId, citizenId);
  const marks = await SupportModel.find({ personId: guestId }).lean<Support[]>();
  for (const mark of marks) {
    try {
      await SupportModel.updateOne({ _id: mark._id, personId: guestId }, { $set: { personId: citizenId } });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      await beginRecounting([mark.questionId]);
      await SupportModel.deleteOne({ _id: mark._id });
    }
    await countAgain(mark);
  }
}

/** A citizen is gone: what is public stays, nothing tells any more whose it was. Supports still count once a person. */
async function followGone(citizenId: string): Promise<void> {
  const nobody = `gone${newId()}`;
  await eachQuestionOf(citizenId, async (question, revision) => {
    await QuestionModel.updateOne(
      { _id: question._id },
      { $set: { 'trail.$[own].by': { kind: 'guest', id: nobody, name: '' } } },
      { arrayFilters: [{ 'own.by.id': citizenId }] },
    );
    await giveTo(question, revision, { askerId: nobody, askerKind: 'guest', askerName: null });
  });
  await FollowModel.deleteMany({ personId: citizenId });
  await banForgets(citizenId);
  await SupportModel.updateMany({ personId: citizenId }, { $set: { personId: nobody } });
}

async function countAgain({ interviewId, questionId }: Support): Promise<void> {
  const question = await QuestionModel.findById(questionId, { recounted: 1 }).lean<{ recounted?: boolean } | null>();
  if (!question?.recounted) return;
  const root = await rootOf(questionId);
  for (const id of new Set([questionId, root])) await recount(id);
  await tellVotes(interviewId, [root]);
}

onGuestLinked(followLinked);
onCitizenGone(followGone);
