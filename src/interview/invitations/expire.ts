import { z } from 'zod';
import { systemActor } from '../../kernel/actor.ts';
import { now } from '../../kernel/time.ts';
import { endPlaces } from '../../live/index.ts';
import { defineJob } from '../../platform/queue/job.ts';
import { trailEntry } from '../doer.ts';
import { InterviewModel, type Interview, type TrailEntry } from '../interviewModel.ts';
import { roomKind } from '../room.ts';
import { InvitationModel, type Invitation } from './invitationModel.ts';

/** Takes away the roles that came by a link, with a line in the trail, and ends their places at the desks. */
export async function endHelp(invitation: Invitation, trail: TrailEntry): Promise<void> {
  const { _id: invitationId, interviewId } = invitation;
  const interview = await InterviewModel.findById(interviewId, { roles: 1 }).lean<Pick<Interview, 'roles'>>();
  const held = interview?.roles.filter((role) => role.invitationId === invitationId) ?? [];
  await InterviewModel.updateOne({ _id: interviewId }, { $pull: { roles: { invitationId } }, $push: { trail } });
  for (const { personId } of held) endPlaces(roomKind, interviewId, personId);
}

/** When a link's time is over: the roles held by it are already void, now they are put away. */
export const expireInvitationJob = defineJob({
  name: 'interview.expire-invitation',
  input: z.object({ invitationId: z.string() }),
  async run({ invitationId }) {
    const invitation = await InvitationModel.findById(invitationId).lean<Invitation>();
    if (!invitation || invitation.revokedAt || invitation.expiresAt > now()) return;
    const held = await InterviewModel.exists({ _id: invitation.interviewId, 'roles.invitationId': invitationId });
    if (!held) return; // nobody took it, or it ran before
    const names = invitation.taken.map(({ name }) => name).join('、');
    await endHelp(invitation, trailEntry(systemActor('expire'), 'expire', { from: invitation.role, note: names }));
  },
});
