import { Router, type Request, type Response } from 'express';
import type { Actor } from '../../kernel/actor.ts';
import { notFound, type Refusal } from '../../kernel/errors.ts';
import { actorOf } from '../../web/actor.ts';
import { errorsOf, formAction } from '../../web/form.ts';
import { redirectWith } from '../../web/respond.ts';
import { confirmRecord } from '../actions/confirmRecord.ts';
import { decideCorrection } from '../actions/decideCorrection.ts';
import { proposeCorrection } from '../actions/proposeCorrection.ts';
import { findInterview } from '../interviewModel.ts';
import { canBeAtDesk, demand } from '../policy.ts';
import { checkPage } from './checkView.ts';

/** Guests check the final record 核对. Mounted at /office, before the desks. */
export const checkRoutes = Router();

async function show(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const actor = actorOf(request);
  const interview = await findInterview(String(request.params['id']));
  demand(canBeAtDesk(actor, interview), actor, interview);
  const typed = refusal ? ((request.body ?? {}) as Record<string, unknown>) : undefined;
  const passage = typed?.['passageId'] ? `${String(typed['kind'])}-${String(typed['passageId'])}` : undefined;
  const guest = typed?.['guestId'] ?? request.query['guest'];
  response.render('interview/desk/checking', {
    ...(await checkPage(actor, interview, {
      guest,
      passage: passage ?? request.query['passage'],
      ...(typed && { typed }),
    })),
    errors: errorsOf(refusal),
    fields: refusal?.fields ?? {},
    sent: typed?.['proposalId'] ?? typed?.['guestId'],
  });
}

checkRoutes.get('/interviews/:id/checking', (request, response) => show(request, response));

const acts: Record<string, (actor: Actor, input: unknown) => Promise<void | { waits: boolean }>> = {
  confirm: confirmRecord,
  propose: proposeCorrection,
  decide: decideCorrection,
};

checkRoutes.post(
  '/interviews/:id/checking/:act',
  formAction(async (request, response) => {
    const act = String(request.params['act']);
    const verb = Object.hasOwn(acts, act) ? acts[act] : undefined;
    if (!verb) throw notFound();
    const body = (request.body ?? {}) as Record<string, unknown>;
    const done = await verb(actorOf(request), { ...body, interviewId: request.params['id'] });
    const place = act === 'propose' ? `#${String(body['kind'])}-${String(body['passageId'])}` : '';
    const guest = act === 'decide' ? '' : `?guest=${encodeURIComponent(String(body['guestId']))}`;
    const told = act === 'decide' && body['decision'] === 'decline' ? 'declined' : done?.waits ? 'waits' : act;
    redirectWith(response, `/office/interviews/${String(request.params['id'])}/checking${guest}${place}`, {
      key: `interview-check.told.${told}`,
    });
  }, show),
);
