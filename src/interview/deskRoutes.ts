import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { Actor } from '../kernel/actor.ts';
import { notFound, type Refusal } from '../kernel/errors.ts';
import { actorOf } from '../web/actor.ts';
import { formAction } from '../web/form.ts';
import { redirectWith } from '../web/respond.ts';
import { banAsker } from './bans/banAsker.ts';
import { liftBan } from './bans/liftBan.ts';
import { guardRoom, unguardRoom } from './guard/guardRoom.ts';
import { addTurn } from './actions/addTurn.ts';
import { agreeToAnswer, declineAnswer, withdrawAnswer } from './actions/cosignAnswer.ts';
import { claimQuestion } from './actions/claimQuestion.ts';
import { closeInterview } from './actions/closeInterview.ts';
import { correctTurn } from './actions/correctTurn.ts';
import { decideMany } from './actions/decideMany.ts';
import { editQuestion } from './actions/editQuestion.ts';
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
import { startInterview } from './actions/startInterview.ts';
import { takeBackStart } from './actions/takeBackStart.ts';
import { undoDecision, unmergeQuestion } from './actions/undoDecision.ts';
import { answeringDesk } from './desks/answeringDesk.ts';
import { desks, type DeskName } from './desks/desk.ts';
import { hostingDesk } from './desks/hostingDesk.ts';
import { mergingPage } from './desks/mergingPage.ts';
import { recordingDesk } from './desks/recordingDesk.ts';
import { reviewingDesk } from './desks/reviewingDesk.ts';
import { screeningDesk } from './desks/screeningDesk.ts';
import { extendInterview } from './actions/extendInterview.ts';
import { hideQuestion, showQuestion } from './actions/hideQuestion.ts';
import { pauseRoom, resumeRoom } from './actions/pauseRoom.ts';
import { findInterview, type Interview } from './interviewModel.ts';
import { demand } from './policy.ts';

type Verb = (actor: Actor, input: unknown) => Promise<unknown>;

const pages: Record<DeskName, (actor: Actor, interview: Interview, request: Request) => Promise<object>> = {
  screening: (actor, interview, request) => screeningDesk(actor, interview, typedOf(request)),
  answering: (actor, interview, request) =>
    answeringDesk(
      actor,
      interview,
      { guest: String(request.query['guest'] ?? request.body?.guestId ?? ''), list: request.query['list'] },
      typedOf(request),
    ),
  reviewing: (actor, interview, request) => reviewingDesk(actor, interview, typedOf(request, 'answerId')),
  recording: recordingDesk,
  hosting: hostingDesk,
};

/** What was sent for a question when it was not taken: shown again beside what is there now. */
function typedOf(request: Request, field?: string): { id: string; text: string } | undefined {
  const [id, text] = [field ? request.body?.[field] : request.params['thing'], request.body?.text];
  return typeof id === 'string' && typeof text === 'string' ? { id, text } : undefined;
}

/** Keeping order: at the screener's and the host's desk. */
const order = { ban: banAsker, 'lift-ban': liftBan, guard: guardRoom, unguard: unguardRoom };

/** What can be sent from each desk; the sentence shown afterwards is `interview.desk.<desk>.<act>-done`. */
const acts: Record<DeskName, Record<string, Verb>> = {
  screening: {
    claim: claimQuestion,
    release: releaseQuestion,
    publish: publishQuestion,
    edit: editQuestion,
    reject: rejectQuestion,
    reconsider: reconsiderQuestion,
    merge: mergeQuestion,
    unmerge: unmergeQuestion,
    undo: undoDecision,
    pass: passQuestion,
    many: decideMany,
    ...order,
  },
  answering: {
    save: saveAnswerDraft,
    publish: publishAnswer,
    agree: agreeToAnswer,
    decline: declineAnswer,
    withdraw: withdrawAnswer,
  },
  reviewing: { approve: approveAnswer, revise: reviseAnswer, return: returnAnswer },
  recording: {
    add: addTurn,
    correct: correctTurn,
    remove: removeTurn,
    restore: restoreTurn,
    release: releaseTurn,
    move: moveTurn,
  },
  hosting: {
    start: startInterview,
    unstart: takeBackStart,
    close: closeInterview,
    phase: setPhase,
    stage: setStage,
    next: placeNext,
    notice: postNotice,
    'withdraw-notice': withdrawNotice,
    pause: pauseRoom,
    resume: resumeRoom,
    hide: hideQuestion,
    show: showQuestion,
    extend: extendInterview,
    ...order,
  },
};

async function showDesk(
  request: Request,
  response: Response,
  name: DeskName,
  more: { refusal?: Refusal; values?: Record<string, unknown> } = {},
): Promise<void> {
  const actor = actorOf(request);
  const interview = await findInterview(String(request.params['id']));
  demand(desks[name](actor, interview), actor, interview);
  response.render(`interview/desk/${name}`, {
    open: true,
    ...(await pages[name](actor, interview, request)),
    values: more.values ?? {},
    refusal: more.refusal?.told,
    errors: more.refusal?.fields ?? {},
  });
}

/** Answers POST /interviews/:id/<desk>/:act and …/<desk>/:thing/:act; the thing is a question or a turn. */
function deskAct(name: DeskName): RequestHandler {
  return formAction(
    async (request, response) => {
      const act = String(request.params['act']);
      const verb = Object.hasOwn(acts[name], act) ? acts[name][act] : undefined;
      if (!verb) throw notFound();
      const { id, thing } = request.params;
      const named = thing === undefined ? {} : { questionId: thing, turnId: thing };
      await verb(actorOf(request), { ...request.body, ...named, interviewId: id });
      const guest = name === 'answering' ? `?guest=${encodeURIComponent(String(request.body?.guestId ?? ''))}` : '';
      redirectWith(response, `/office/interviews/${String(id)}/${name}${guest}`, {
        key: `interview.desk.${name}.${act}-done`,
      });
    },
    (request, response, refusal) =>
      showDesk(request, response, name, { refusal, values: { ...request.body, thing: request.params['thing'] } }),
  );
}

/** The desks of the people who run an interview; mounted at /office. */
export const deskRoutes = Router();
deskRoutes.get('/interviews/:id/screening/:thing/merge', async (request, response) => {
  const { id, thing } = request.params;
  const page = await mergingPage(actorOf(request), { interviewId: id, questionId: thing, words: request.query['q'] });
  response.render('interview/desk/merging', page);
});
for (const name of Object.keys(desks) as DeskName[]) {
  deskRoutes.get(`/interviews/:id/${name}`, (request, response) => showDesk(request, response, name));
  deskRoutes.post(`/interviews/:id/${name}/:act`, deskAct(name));
  deskRoutes.post(`/interviews/:id/${name}/:thing/:act`, deskAct(name));
}
