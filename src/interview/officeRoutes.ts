import { Router, type Request, type Response } from 'express';
import type { Actor } from '../kernel/actor.ts';
import { notFound, type Refusal } from '../kernel/errors.ts';
import { actorOf } from '../web/actor.ts';
import { formAction, typedIn } from '../web/form.ts';
import { redirectWith } from '../web/respond.ts';
import { changeAccess } from './access/changeAccess.ts';
import { announceInterview } from './actions/announceInterview.ts';
import { archiveInterview } from './actions/archiveInterview.ts';
import { assignRoles, revokeRole } from './actions/assignRole.ts';
import { closeInterview } from './actions/closeInterview.ts';
import { copyInterview } from './actions/copyInterview.ts';
import { cancelInterview, postponeInterview } from './actions/putOffInterview.ts';
import { createInterview } from './actions/createInterview.ts';
import { editInterview } from './actions/editInterview.ts';
import { setAnswerReview } from './actions/setAnswerReview.ts';
import { startInterview } from './actions/startInterview.ts';
import { takeBackStart } from './actions/takeBackStart.ts';
import { approveInterview, returnInterview } from './approval/decideApproval.ts';
import { submitForApproval } from './approval/submitForApproval.ts';
import { changeVideo } from './video/changeVideo.ts';
import { deskRoutes } from './deskRoutes.ts';
import { findInterview } from './interviewModel.ts';
import { guestErrors, namedPeople, typedInterview } from './officeForms.ts';
import { interviewForm, officeList, officePage } from './officeViews.ts';
import { makeInvitation } from './invitations/makeInvitation.ts';
import { invitationRoutes, linkOf } from './invitations/officeRoutes.ts';
import { revokeInvitation } from './invitations/revokeInvitation.ts';
import { materialOffice } from './material/officeRoutes.ts';
import { canBeAtDesk, canOrganise, canOrganiseSomewhere, demand } from './policy.ts';
import { checkRoutes } from './record/checkRoutes.ts';
import { recordRoutes } from './record/routes.ts';

/** What is done on the page of an interview, and the sentence that is shown afterwards. */
const acts: Record<string, { act: (actor: Actor, input: unknown) => Promise<void>; told: string }> = {
  announce: { act: announceInterview, told: 'interview.office.moved.announce' },
  start: { act: startInterview, told: 'interview.office.moved.start' },
  unstart: { act: takeBackStart, told: 'interview.office.moved.unstart' },
  close: { act: closeInterview, told: 'interview.office.moved.close' },
  archive: { act: archiveInterview, told: 'interview.office.moved.archive' },
  submit: { act: submitForApproval, told: 'interview-approval.submitted' },
  approve: { act: approveInterview, told: 'interview-approval.approved' },
  return: { act: returnInterview, told: 'interview-approval.returned' },
  video: { act: changeVideo, told: 'interview-material.video-saved' },
  access: { act: changeAccess, told: 'interview-access.saved' },
  postpone: { act: postponeInterview, told: 'interview-archive.office.postponed' },
  cancel: { act: cancelInterview, told: 'interview-archive.office.cancelled' },
};

/** The staff side of interviews; mounted at /office. */
export const office = Router();

const home = (request: Request) => `/office/interviews/${String(request.params['id'])}`;

async function showForm(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const actor = actorOf(request);
  const id = request.params['id'];
  const interview = id === undefined ? null : await findInterview(String(id));
  const typed = refusal ? (request.body as Record<string, unknown>) : undefined;
  const errors = guestErrors(refusal?.fields ?? {}, typed ?? {});
  response.render('interview/staff/form', {
    ...(await interviewForm(actor, interview, typed)),
    refusal: refusal?.told,
    errors,
    summary: Object.keys(errors).length > 0 ? errors : null,
  });
}

async function showOverview(request: Request, response: Response, refusal?: Refusal, newLink = ''): Promise<void> {
  const actor = actorOf(request);
  const interview = await findInterview(String(request.params['id']));
  demand(canBeAtDesk(actor, interview), actor, interview);
  response.render('interview/staff/show', {
    title: interview.topic,
    ...(await officePage(actor, interview)),
    // What was sent from one of the forms of this page and refused is still in it
    sent: refusal ? (request.path.split('/').at(-1) ?? '') : '',
    typed: refusal ? typedIn(request) : {},
    newLink,
    refusal: refusal?.told,
    errors: refusal?.fields ?? {},
  });
}

office.get('/interviews', async (request, response) => {
  response.render('interview/staff/index', await officeList(actorOf(request)));
});
office.get('/interviews/new', async (request, response) => {
  if (!canOrganiseSomewhere(actorOf(request))) throw notFound();
  await showForm(request, response);
});
office.post(
  '/interviews',
  formAction(async (request, response) => {
    const id = await createInterview(actorOf(request), await typedInterview(request.body));
    redirectWith(response, `/office/interviews/${id}`, { key: 'interview.office.created' });
  }, showForm),
);
office.use(invitationRoutes);
office.get('/interviews/:id', (request, response) => showOverview(request, response));
office.get('/interviews/:id/edit', async (request, response) => {
  const actor = actorOf(request);
  const interview = await findInterview(String(request.params['id']));
  demand(canOrganise(actor, interview), actor, interview);
  await showForm(request, response);
});
office.post(
  '/interviews/:id/edit',
  formAction(async (request, response) => {
    await editInterview(actorOf(request), {
      ...(await typedInterview(request.body)),
      interviewId: request.params['id'],
    });
    redirectWith(response, home(request), { key: 'interview.office.saved' });
  }, showForm),
);
for (const [name, { act, told }] of Object.entries(acts)) {
  office.post(
    `/interviews/:id/${name}`,
    formAction(async (request, response) => {
      await act(actorOf(request), { ...request.body, interviewId: request.params['id'] });
      redirectWith(response, home(request), { key: told });
    }, showOverview),
  );
}
office.post(
  '/interviews/:id/copy',
  formAction(async (request, response) => {
    const id = await copyInterview(actorOf(request), { interviewId: request.params['id'] });
    redirectWith(response, `/office/interviews/${id}/edit`, { key: 'interview-archive.office.copied' });
  }, showOverview),
);
office.post(
  '/interviews/:id/roles',
  formAction(async (request, response) => {
    await assignRoles(actorOf(request), {
      interviewId: request.params['id'],
      people: await namedPeople(typedIn(request)),
    });
    redirectWith(response, `${home(request)}#people`, { key: 'interview.office.assigned' });
  }, showOverview),
);
office.post(
  '/interviews/:id/roles/revoke',
  formAction(async (request, response) => {
    await revokeRole(actorOf(request), { ...request.body, interviewId: request.params['id'] });
    redirectWith(response, `${home(request)}#people`, { key: 'interview.office.revoked' });
  }, showOverview),
);
office.post(
  '/interviews/:id/review',
  formAction(async (request, response) => {
    await setAnswerReview(actorOf(request), { ...request.body, interviewId: request.params['id'] });
    redirectWith(response, `${home(request)}#review-setting`, { key: 'interview-review.setting.saved' });
  }, showOverview),
);
// Not redirected: the link is told this once and kept nowhere
office.post(
  '/interviews/:id/helpers',
  formAction(async (request, response) => {
    const { token } = await makeInvitation(actorOf(request), { ...request.body, interviewId: request.params['id'] });
    response.set('Cache-Control', 'no-store');
    await showOverview(request, response, undefined, linkOf(token));
  }, showOverview),
);
office.post(
  '/interviews/:id/helpers/revoke',
  formAction(async (request, response) => {
    await revokeInvitation(actorOf(request), { ...request.body, interviewId: request.params['id'] });
    redirectWith(response, `${home(request)}#helpers`, { key: 'interview-invitations.revoked' });
  }, showOverview),
);
office.use(materialOffice, recordRoutes, checkRoutes, deskRoutes);
