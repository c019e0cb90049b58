import { Router, type Request, type RequestHandler } from 'express';
import { config } from '../../config.ts';
import { translate } from '../../platform/language.ts';
import { actorOf } from '../../web/actor.ts';
import { formAction } from '../../web/form.ts';
import { rateLimit } from '../../web/rateLimit.ts';
import { redirectWith } from '../../web/respond.ts';
import { rolesOf } from '../policy.ts';
import { acceptInvitation, openInvitation } from './acceptInvitation.ts';

/** Opening a link for helpers; whoever is not signed in signs in first and comes back. */
export const invitationRoutes = Router();

const page = '/interviews/help/:token';
const openLimit = rateLimit('interview-help', { person: 30, address: 300, seconds: 600, shared: true });
const tokenOf = (request: Request) => ({ token: String(request.params['token']) });

/** The whole address of a link. */
export const linkOf = (token: string): string => `${config.baseUrl}/office/interviews/help/${token}`;

// Looking at the link changes nothing: programs that check links must not take the place
const show: RequestHandler = async (request, response) => {
  const actor = actorOf(request);
  const { invitation, interview } = await openInvitation(actor, tokenOf(request));
  response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }).render('interview/staff/help', {
    layout: 'office',
    title: translate(actor.language, 'interview-invitations.open-title'),
    topic: interview.topic,
    department: interview.departmentName[actor.language],
    startsAt: interview.startsAt,
    role: invitation.role,
    by: invitation.by.name,
    expiresAt: invitation.expiresAt,
    action: request.originalUrl.split('?')[0],
    holds: rolesOf(actor, interview).includes(invitation.role),
    desk: `/office/interviews/${interview._id}`,
  });
};
invitationRoutes.get(page, openLimit.middleware, show);

invitationRoutes.post(
  page,
  openLimit.middleware,
  formAction(
    async (request, response) => {
      const id = await acceptInvitation(actorOf(request), tokenOf(request));
      redirectWith(response, `/office/interviews/${id}`, { key: 'interview-invitations.taken' });
    },
    (_request, _response, refusal) => {
      throw refusal;
    },
  ),
);
