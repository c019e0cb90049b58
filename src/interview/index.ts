import type { Feature } from '../feature.ts';
import { api } from './api.ts';
import { endGuard } from './guard/endGuard.ts';
import { InterviewModel } from './interviewModel.ts';
import { QuestionModel, SupportModel } from './questionModel.ts';
import { askToCheckJob } from './record/askToCheck.ts';
import { CheckModel } from './record/checkModel.ts';
import { RatingModel } from './rating/ratingModel.ts';
import { showAtStart } from '../identity/index.ts';
import { beforeRetirement } from '../organization/index.ts';
import { expireInvitationJob } from './invitations/expire.ts';
import { InvitationModel } from './invitations/invitationModel.ts';
import { tellApprovalJob } from './approval/tell.ts';
import { approvalTasks } from './approval/view.ts';
import { filesOfMaterial } from './material/namedFiles.ts';
import { remindJob, tellChangeJob } from './reminders/jobs.ts';
import { ReminderModel } from './reminders/reminderModel.ts';
import { FollowModel } from './following/followModel.ts';
import { tellFollowersJob } from './following/tellFollowers.ts';
import { office } from './officeRoutes.ts';
import { interviewRoom } from './room.ts';
import { interviewsAhead } from './openWork.ts';
import './persons.ts';
import { ownQuestions } from './ownQuestions.ts';
import { pages } from './routes.ts';
import { socketActions } from './socketActions.ts';
import { TurnModel } from './turnModel.ts';

/** Live interviews 在线访谈: announced, asked in beforehand, live, kept as a record. */
export const interview: Feature = {
  name: 'interview',
  models: [
    InterviewModel,
    QuestionModel,
    SupportModel,
    TurnModel,
    FollowModel,
    CheckModel,
    RatingModel,
    ReminderModel,
    InvitationModel,
  ],
  namedFiles: filesOfMaterial,
  jobs: [remindJob, tellFollowersJob, tellChangeJob, tellApprovalJob, askToCheckJob, expireInvitationJob, endGuard],
  pages,
  api,
  office,
  rooms: [interviewRoom],
  mine: ownQuestions,
  socketActions,
  navigation: [
    { area: 'public', key: 'interview.nav.public', href: '/interviews', order: 10 },
    { area: 'office', key: 'interview.nav.office', href: '/office/interviews', order: 10 },
  ],
};

showAtStart(approvalTasks);

export { interviewsNow, type InterviewListRow } from './views.ts';
export { videoSources } from './video/hosts.ts';
export { addFiles } from './material/addFiles.ts';
export { addMaterialPicture } from './material/addMaterialPicture.ts';
export { submitForApproval } from './approval/submitForApproval.ts';
export { addPicture } from './actions/addPicture.ts';
export { addTurn } from './actions/addTurn.ts';
export { announceInterview } from './actions/announceInterview.ts';
export { archiveInterview } from './actions/archiveInterview.ts';
export { askQuestion } from './actions/askQuestion.ts';
export { agreeToAnswer } from './actions/cosignAnswer.ts';
export { approveAnswer } from './actions/reviewAnswer.ts';
export { assignRole } from './actions/assignRole.ts';
export { closeInterview } from './actions/closeInterview.ts';
export { confirmRecord } from './actions/confirmRecord.ts';
export { correctTurn } from './actions/correctTurn.ts';
export { createInterview } from './actions/createInterview.ts';
export { passQuestion } from './actions/passQuestion.ts';
export { decideCorrection } from './actions/decideCorrection.ts';
export { mergeQuestion } from './actions/mergeQuestion.ts';
export { proposeCorrection } from './actions/proposeCorrection.ts';
export { publishAnswer } from './actions/publishAnswer.ts';
export { publishQuestion } from './actions/publishQuestion.ts';
export { rateInterview } from './actions/rateInterview.ts';
export { rejectQuestion } from './actions/rejectQuestion.ts';
export { setAnswerReview } from './actions/setAnswerReview.ts';
export { releaseTurn } from './actions/releaseTurn.ts';
export { setPhase } from './actions/setPhase.ts';
export { placeNext } from './actions/placeNext.ts';
export { setStage } from './actions/setStage.ts';
export { startInterview } from './actions/startInterview.ts';
export { supportQuestion } from './actions/supportQuestion.ts';
export { interviewMeasures } from './queries.ts';
export { type RejectReason } from './question.ts';
export { openProposals } from './record/checkModel.ts';
export { guestChecks } from './record/checkStates.ts';

beforeRetirement(interviewsAhead);
