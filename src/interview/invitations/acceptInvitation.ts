import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, notFound, unauthenticated } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { endPlaces } from '../../live/index.ts';
import { trailEntry } from '../doer.ts';
import { isOpenTo, statesOpenTo } from '../interview.ts';
import { changeInterview, findInterview, type Interview } from '../interviewModel.ts';
import { rolesOf } from '../policy.ts';
import { roomKind } from '../room.ts';
import { InvitationModel, invitationState, tokenHashOf, type Invitation } from './invitationModel.ts';

const schema = z.object({ token: z.string().max(60) });

/** What a link offers, or why it opens nothing any more. */
export async function openInvitation(
  actor: Actor,
  input: unknown,
): Promise<{ invitation: Invitation; interview: Interview }> {
  const { token } = parse(schema, input);
  const invitation = await InvitationModel.findOne({ tokenHash: tokenHashOf(token) }).lean<Invitation>();
  if (!invitation) throw notFound('interview-invitations.errors.unknown');
  const state = invitationState(invitation, now());
  const mine = invitation.taken.some(({ personId }) => personId === actor.id);
  if (state !== 'open' && !(state === 'full' && mine)) throw conflict(`interview-invitations.errors.${state}`);
  const interview = await findInterview(invitation.interviewId);
  if (!isOpenTo('staff', interview.state)) throw conflict('interview-invitations.errors.over');
  return { invitation, interview };
}

/** Takes one of the link's places, once a person. */
async function takePlace(actor: Extract<Actor, { kind: 'staff' }>, { _id, places }: Invitation): Promise<void> {
  const at = now();
  const taken = await InvitationModel.updateOne(
    {
      _id,
      revokedAt: null,
      expiresAt: { $gt: at },
      'taken.personId': { $ne: actor.id },
      [`taken.${places - 1}`]: { $exists: false },
    },
    { $push: { taken: { personId: actor.id, name: actor.name, at } } },
  );
  if (taken.matchedCount > 0) return;
  const after = await InvitationModel.findById(_id).lean<Invitation>();
  const mine = after?.taken.some(({ personId }) => personId === actor.id);
  if (!after || after.revokedAt || !mine) throw conflict('interview-invitations.errors.full');
}

/** An official takes the role that a link offers, in this interview alone and until the link expires. Gives the interview's id. */
export async function acceptInvitation(actor: Actor, input: unknown): Promise<string> {
  if (actor.kind !== 'staff') throw unauthenticated('errors.staff-only');
  const { invitation, interview } = await openInvitation(actor, input);
  const { role, expiresAt: until, _id: invitationId } = invitation;
  if (rolesOf(actor, interview).includes(role)) return interview._id;
  await takePlace(actor, invitation);
  await changeInterview(interview._id, {
    from: statesOpenTo('staff'),
    set: {},
    push: { roles: { role, personId: actor.id, name: actor.name, until, invitationId } },
    trail: trailEntry(actor, 'accept', { to: role }),
    refusedKey: 'interview-invitations.errors.over',
  });
  endPlaces(roomKind, interview._id, actor.id); // comes back with the new role
  await recordAudit(actor, {
    verb: 'interview.accept',
    target: { type: 'interview', id: interview._id, label: interview.topic },
    after: { role, until: until.toISOString() },
  });
  return interview._id;
}
