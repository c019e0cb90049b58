import { Router } from 'express';
import { actorOf } from '../../web/actor.ts';
import { redirectWith } from '../../web/respond.ts';
import { followQuestion, unfollowQuestion } from '../actions/followQuestion.ts';
import { supportLimit } from '../limits.ts';
import { questionAddress } from '../questionPages.ts';

/** Following a question without scripts. */
export const followRoutes = Router();

for (const [name, verb, key] of [
  ['follow', followQuestion, 'interview-follow.done'],
  ['unfollow', unfollowQuestion, 'interview-follow.undone'],
] as const) {
  followRoutes.post(
    `/interviews/:id/questions/:questionId/${name}`,
    supportLimit.middleware,
    async (request, response) => {
      const { id, questionId } = request.params;
      await verb(actorOf(request), { ...request.body, interviewId: id, questionId });
      redirectWith(response, questionAddress(String(id), String(questionId)), { key });
    },
  );
}
