import { Router } from 'express';
import type { Feature } from '../feature.ts';
import { whenCalendarGrows } from '../calendar/index.ts';
import { beforeRetirement } from '../organization/index.ts';
import { whenInfected } from '../platform/uploads/scan.ts';
import { dropFile } from './actions/dropFile.ts';
import { DraftModel } from './draft/draft.ts';
import { deliverWith } from './afterChange.ts';
import { letterApi, letterHooks } from './api.ts';
import { describeLetters } from './apiDocument.ts';
import { forgetWritersJob } from './forgetWriter.ts';
import { jobs, sendFor } from './jobs.ts';
import { LetterModel } from './letterModel.ts';
import { filesOfLetters } from './namedFiles.ts';
import { lettersInHand } from './openWork.ts';
import { CounterModel } from './numbers.ts';
import { dropOldIndexes } from './oldIndexes.ts';
import { officeSide } from './officeSide.ts';
import { ownLetters } from './ownLetters.ts';
import { recountLetters } from './recount.ts';
import { publicRoutes } from './publicRoutes.ts';
import { ResurveySampleModel } from './resurveySample.ts';
import { TopicModel } from './topicModel.ts';
import { trackRoutes } from './trackRoutes.ts';
import { writeRoutes } from './writeRoutes.ts';
import { WriterModel } from './writerModel.ts';

/** The unified mailbox 统一信箱: every letter to the city, from its arrival to its rating. */
export const mailbox: Feature = {
  name: 'mailbox',
  models: [LetterModel, DraftModel, WriterModel, CounterModel, TopicModel, ResurveySampleModel, ...officeSide.models],
  prepare: dropOldIndexes,
  namedFiles: filesOfLetters,
  jobs: [...jobs, forgetWritersJob, ...officeSide.jobs],
  api: letterApi,
  hooks: letterHooks,
  pages: Router().use(writeRoutes, trackRoutes, publicRoutes),
  office: officeSide.routes,
  mine: async (actor) => ({
    name: 'letters',
    title: 'mailbox.track.own',
    empty: 'mailbox.own.empty',
    begin: { href: '/letters/new', text: 'mailbox.nav.new' },
    rows: await ownLetters(actor),
  }),
  navigation: [
    { area: 'public', key: 'mailbox.nav.new', href: '/letters/new', order: 20 },
    { area: 'public', key: 'mailbox.nav.track', href: '/letters/track', order: 21 },
    { area: 'public', key: 'mailbox.nav.public', href: '/letters', order: 22 },
    ...officeSide.navigation,
  ],
};

beforeRetirement(lettersInHand);
deliverWith(sendFor);
whenCalendarGrows(recountLetters);
whenInfected(dropFile);
describeLetters();

export type { Letter, Facts } from './record.ts';
export { nextNumbers, withNumber } from './numbers.ts';
export { withoutDelivery } from './afterChange.ts';
export { newestAnswers } from './publicView.ts';
export { sweepLetter } from './sweepLetter.ts';
export { LetterModel } from './letterModel.ts';
export { letterFacts, letterFactsSince, type LetterFacts } from './letterFacts.ts';
export { queuePage, letterForStaff } from './queries.ts';
export { lettersBehind } from './office/behind.ts';
export { seesBoard } from './office/supervision.ts';
export { supervisionTabs } from './office/supervisionTabs.ts';
export { acceptLetter } from './actions/acceptLetter.ts';
export { answerOrder } from './actions/answerOrder.ts';
export { appealCard } from './actions/appealCard.ts';
export { appointHandler } from './actions/appointHandler.ts';
export { askWriter } from './actions/askWriter.ts';
export { assignLetter } from './actions/assignLetter.ts';
export { classifyLetter } from './actions/classifyLetter.ts';
export { closeLetter } from './actions/closeLetter.ts';
export { decideAppeal } from './actions/decideAppeal.ts';
export { decideExtension } from './actions/decideExtension.ts';
export { decideRehandling } from './actions/decideRehandling.ts';
export { declineLetter } from './actions/declineLetter.ts';
export { draftReply } from './actions/draftReply.ts';
export { drawResurveySample } from './actions/drawResurveySample.ts';
export { giveAssistingOpinion } from './actions/giveAssistingOpinion.ts';
export { hideLetter } from './actions/hideLetter.ts';
export { issueCard } from './actions/issueCard.ts';
export { linkDuplicate } from './actions/linkDuplicate.ts';
export { mergeHotTopic } from './actions/mergeHotTopic.ts';
export { orderSupervision } from './actions/orderSupervision.ts';
export { passDown } from './actions/passDown.ts';
export { publishLetter } from './actions/publishLetter.ts';
export { rateLetter } from './actions/rateLetter.ts';
export { recordResurvey } from './actions/recordResurvey.ts';
export { releaseReply } from './actions/releaseReply.ts';
export { reassignLetter } from './actions/reassignLetter.ts';
export { recallLetter } from './actions/recallLetter.ts';
export { requestExtension } from './actions/requestExtension.ts';
export { requestRehandling } from './actions/requestRehandling.ts';
export { returnLetter } from './actions/returnLetter.ts';
export { revealWriter } from './actions/revealWriter.ts';
export { sendBack } from './actions/sendBack.ts';
export { signForLetter } from './actions/signForLetter.ts';
export { signOff } from './actions/signOff.ts';
export { submitForSignOff } from './actions/submitForSignOff.ts';
export { submitLetter } from './actions/submitLetter.ts';
export { supplementLetter } from './actions/supplementLetter.ts';
export { takeOverLetter } from './actions/takeOverLetter.ts';
export { urgeLetter } from './actions/urgeLetter.ts';
export { withdrawLetter } from './actions/withdrawLetter.ts';
