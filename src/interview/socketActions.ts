import type { SocketAction } from '../feature.ts';
import { banAsker } from './bans/banAsker.ts';
import { liftBan } from './bans/liftBan.ts';
import { guardRoom, unguardRoom } from './guard/guardRoom.ts';
import { addTurn } from './actions/addTurn.ts';
import { askQuestion } from './actions/askQuestion.ts';
import { claimQuestion } from './actions/claimQuestion.ts';
import { agreeToAnswer, declineAnswer, withdrawAnswer } from './actions/cosignAnswer.ts';
import { correctTurn } from './actions/correctTurn.ts';
import { decideMany } from './actions/decideMany.ts';
import { extendInterview } from './actions/extendInterview.ts';
import { followQuestion, unfollowQuestion } from './actions/followQuestion.ts';
import { hideQuestion, showQuestion } from './actions/hideQuestion.ts';
import { pauseRoom, resumeRoom } from './actions/pauseRoom.ts';
import { editQuestion } from './actions/editQuestion.ts';
import { findPublished } from './actions/findPublished.ts';
import { findSimilar } from './actions/findSimilar.ts';
import { mergeQuestion } from './actions/mergeQuestion.ts';
import { moveTurn } from './actions/moveTurn.ts';
import { passQuestion } from './actions/passQuestion.ts';
import { placeNext } from './actions/placeNext.ts';
import { postNotice, withdrawNotice } from './actions/postNotice.ts';
import { publishAnswer } from './actions/publishAnswer.ts';
import { publishQuestion } from './actions/publishQuestion.ts';
import { reconsiderQuestion } from './actions/reconsiderQuestion.ts';
import { rejectQuestion } from './actions/rejectQuestion.ts';
import { releaseQuestion } from './actions/releaseQuestion.ts';
import { releaseTurn } from './actions/releaseTurn.ts';
import { removeTurn, restoreTurn } from './actions/removeTurn.ts';
import { approveAnswer, returnAnswer, reviseAnswer } from './actions/reviewAnswer.ts';
import { saveAnswerDraft } from './actions/saveAnswerDraft.ts';
import { setPhase } from './actions/setPhase.ts';
import { setStage } from './actions/setStage.ts';
import { supportQuestion } from './actions/supportQuestion.ts';
import { undoDecision, unmergeQuestion } from './actions/undoDecision.ts';
import { withdrawQuestion } from './actions/withdrawQuestion.ts';
import { askLimit, supportLimit } from './limits.ts';

/** A public verb with its limit; officials at their desks are not counted. */
function limited(limit: typeof askLimit, verb: SocketAction): SocketAction {
  return async (actor, input) => {
    await limit.consume(actor.id, undefined);
    return verb(actor, input);
  };
}

/** A desk hears that it is done; what changed comes with the room. */
function quietly(verb: (actor: Parameters<SocketAction>[0], input: unknown) => Promise<unknown>): SocketAction {
  return async (actor, input) => {
    await verb(actor, input);
    return null;
  };
}

/** Keeping order, from the screener's and the host's desk. */
const keepOrder = (desk: 'screening' | 'hosting'): Record<string, SocketAction> => ({
  [`interview.${desk}.ban`]: banAsker,
  [`interview.${desk}.lift-ban`]: quietly(liftBan),
  [`interview.${desk}.guard`]: quietly(guardRoom),
  [`interview.${desk}.unguard`]: quietly(unguardRoom),
});

/** What pages may call over a socket, and over POST /live/act where sockets are blocked. */
export const socketActions: Record<string, SocketAction> = {
  'interview.ask': limited(askLimit, askQuestion),
  'interview.withdraw': limited(askLimit, withdrawQuestion),
  'interview.support': limited(supportLimit, supportQuestion),
  'interview.follow': limited(supportLimit, followQuestion),
  'interview.unfollow': limited(supportLimit, unfollowQuestion),
  // Its version, so that an edit goes on from there at once
  'interview.screening.claim': async (actor, input) => ({ version: (await claimQuestion(actor, input)).version }),
  'interview.screening.release': quietly(releaseQuestion),
  'interview.screening.publish': quietly(publishQuestion),
  'interview.screening.edit': quietly(editQuestion),
  'interview.screening.reject': quietly(rejectQuestion),
  'interview.screening.reconsider': quietly(reconsiderQuestion),
  'interview.screening.merge': quietly(mergeQuestion),
  'interview.screening.unmerge': quietly(unmergeQuestion),
  'interview.screening.undo': undoDecision,
  'interview.screening.pass': quietly(passQuestion),
  'interview.screening.many': decideMany,
  'interview.screening.similar': findSimilar,
  'interview.screening.find': findPublished,
  ...keepOrder('screening'),
  ...keepOrder('hosting'),
  'interview.answering.save': saveAnswerDraft,
  'interview.answering.publish': publishAnswer,
  'interview.answering.agree': agreeToAnswer,
  'interview.answering.decline': declineAnswer,
  'interview.answering.withdraw': withdrawAnswer,
  'interview.reviewing.approve': approveAnswer,
  'interview.reviewing.revise': reviseAnswer,
  'interview.reviewing.return': returnAnswer,
  'interview.recording.add': quietly(addTurn),
  'interview.recording.correct': quietly(correctTurn),
  'interview.recording.remove': quietly(removeTurn),
  'interview.recording.restore': quietly(restoreTurn),
  'interview.recording.release': quietly(releaseTurn),
  'interview.recording.move': quietly(moveTurn),
  'interview.hosting.phase': quietly(setPhase),
  'interview.hosting.stage': quietly(setStage),
  'interview.hosting.next': quietly(placeNext),
  'interview.hosting.notice': quietly(postNotice),
  'interview.hosting.pause': quietly(pauseRoom),
  'interview.hosting.resume': quietly(resumeRoom),
  'interview.hosting.hide': quietly(hideQuestion),
  'interview.hosting.show': quietly(showQuestion),
  'interview.hosting.extend': quietly(extendInterview),
  'interview.hosting.withdraw-notice': quietly(withdrawNotice),
};
