import { z } from 'zod';
import { config } from '../../config.ts';
import { addressOf } from '../../identity/index.ts';
import { sendMail } from '../../notification/index.ts';
import { defineJob } from '../../platform/queue/job.ts';
import { enqueue } from '../../platform/queue/queue.ts';
import { membersOf } from '../groups.ts';
import { InterviewModel, type Interview } from '../interviewModel.ts';
import { QuestionModel, type Question } from '../questionModel.ts';
import { questionAddress } from '../questionPages.ts';
import { FollowModel, type Follow } from './followModel.ts';

/** Writes once to everyone who follows an answered question and wants a mail. */
export const tellFollowersJob = defineJob({
  name: 'interview.tell-followers',
  input: z.object({ questionId: z.string() }),
  async run({ questionId }) {
    const question = await QuestionModel.findById(questionId, { trail: 0 }).lean<Question | null>();
    if (question?.state !== 'answered') return; // taken back since: the next answer tells
    const interview = await InterviewModel.findById(question.interviewId, { topic: 1 }).lean<Interview | null>();
    const wishes = await FollowModel.find({ questionId: { $in: await membersOf(questionId) }, mail: true }).lean<
      Follow[]
    >();
    for (const { _id, personId, language } of wishes) {
      const to = await addressOf(personId);
      if (!to || !interview) continue;
      await sendMail({
        to,
        template: 'interview/followed',
        language,
        data: {
          topic: interview.topic,
          question: question.text,
          url: config.baseUrl + questionAddress(question.interviewId, questionId),
        },
        onceKey: `interview-followed ${_id}`,
      });
    }
  },
});

/** After an answer came out: mails to those who follow the question, if anybody does. */
export async function tellFollowers({ _id, state, followed }: Question): Promise<void> {
  if (followed && state === 'answered') await enqueue(tellFollowersJob, { questionId: _id });
}
