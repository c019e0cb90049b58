import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { findInterview } from '../interviewModel.ts';
import { canOrganise, demand } from '../policy.ts';
import { endHelp } from './expire.ts';
import { InvitationModel, type Invitation } from './invitationModel.ts';

const schema = z.object({ interviewId: id, invitationId: id });

/** An organiser takes a link back; whoever helps by it helps no longer. */
export async function revokeInvitation(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, invitationId } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canOrganise(actor, interview), actor, interview);
  const revokedAt = now();
  const ended = await InvitationModel.updateOne(
    { _id: invitationId, interviewId, revokedAt: null },
    { $set: { revokedAt } },
  );
  if (ended.matchedCount === 0) throw conflict('interview-invitations.errors.revoked');
  const invitation = await InvitationModel.findById(invitationId).lean<Invitation>();
  if (!invitation) return;
  await endHelp(invitation, trailEntry(actor, 'uninvite', { from: invitation.role }));
  await recordAudit(actor, {
    verb: 'interview.uninvite',
    target: { type: 'interview', id: interviewId, label: interview.topic },
    before: { role: invitation.role, people: invitation.taken.map(({ name }) => name) },
  });
}
