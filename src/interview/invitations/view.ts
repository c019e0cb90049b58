import type { Actor } from '../../kernel/actor.ts';
import { now } from '../../kernel/time.ts';
import { translate } from '../../platform/language.ts';
import { interviewRoles } from '../interview.ts';
import { roleName } from '../roleNames.ts';
import type { Interview } from '../interviewModel.ts';
import { InvitationModel, invitationState, type Invitation, type InvitationState } from './invitationModel.ts';
import { hoursOffered } from './makeInvitation.ts';

const tones: Record<InvitationState, string> = { open: 'active', full: 'done', expired: 'stopped', revoked: 'stopped' };

/** The links of an interview as its organiser sees them, the latest first, and what a new one can be. */
export async function invitationsPanel(actor: Actor, interview: Pick<Interview, '_id'>) {
  const found = await InvitationModel.find({ interviewId: interview._id })
    .sort({ createdAt: -1 })
    .limit(50)
    .lean<Invitation[]>();
  const at = now();
  return {
    links: found.map((invitation) => {
      const state = invitationState(invitation, at);
      const { _id: id, role, note, places, by, createdAt, expiresAt, taken } = invitation;
      const names = taken.map(({ name }) => name).join(actor.language === 'en' ? ', ' : '、');
      const revocable = state === 'open' || state === 'full';
      return { id, role, note, places, by: by.name, createdAt, expiresAt, names, state, tone: tones[state], revocable };
    }),
    roles: interviewRoles.map((role) => ({
      value: role,
      label: roleName(actor.language, role),
    })),
    hours: hoursOffered.map((hours) => ({
      value: String(hours),
      label: translate(actor.language, 'interview-invitations.hours', { count: hours }),
    })),
  };
}
