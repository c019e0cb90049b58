import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse, say } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { enqueue } from '../../platform/queue/queue.ts';
import { doerOf, trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { interviewRoles, statesOpenTo } from '../interview.ts';
import { changeInterview, findInterview } from '../interviewModel.ts';
import { canOrganise, demand } from '../policy.ts';
import { expireInvitationJob } from './expire.ts';
import { InvitationModel, tokenHashOf } from './invitationModel.ts';

/** Hours a link may hold, as the form offers them. */
export const hoursOffered = [4, 24, 72, 168] as const;
const linksMax = 50;

const number = (min: number, max: number) =>
  z.coerce
    .number(say('errors.not-a-whole-number'))
    .int(say('errors.not-a-whole-number'))
    .min(min, say('errors.out-of-bounds', { min, max }))
    .max(max, say('errors.out-of-bounds', { min, max }));
const schema = z.object({
  interviewId: id,
  role: z.enum(interviewRoles, say('interview.errors.choose-role')),
  hours: number(1, 24 * 60),
  places: number(1, 20).default(1),
  note: typedText({ min: 0, max: 60, line: true }).default(''),
});

/** An organiser makes a link for helpers; gives its secret, which is told this once. */
export async function makeInvitation(actor: Actor, input: unknown): Promise<{ id: string; token: string }> {
  const { interviewId, role, hours, places, note } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canOrganise(actor, interview), actor, interview);
  if ((await InvitationModel.countDocuments({ interviewId })) >= linksMax) {
    throw conflict('interview-invitations.errors.too-many', { count: linksMax });
  }
  const token = newId(24);
  const createdAt = now();
  const expiresAt = new Date(createdAt.getTime() + hours * 3_600_000);
  await changeInterview(interviewId, {
    from: statesOpenTo('staff'),
    set: {},
    trail: trailEntry(actor, 'invite', { to: role, ...(note ? { note } : {}) }),
    refusedKey: 'interview-invitations.errors.over',
  });
  const invitationId = newId();
  await InvitationModel.create({
    _id: invitationId,
    interviewId,
    role,
    tokenHash: tokenHashOf(token),
    note,
    places,
    by: doerOf(actor),
    createdAt,
    expiresAt,
    revokedAt: null,
    taken: [],
  });
  await enqueue(expireInvitationJob, { invitationId }, { runAt: expiresAt });
  await recordAudit(actor, {
    verb: 'interview.invite',
    target: { type: 'interview', id: interviewId, label: interview.topic },
    after: { role, places, until: expiresAt.toISOString() },
  });
  return { id: invitationId, token };
}
