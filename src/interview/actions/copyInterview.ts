import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { cityZone, now } from '../../kernel/time.ts';
import { changeAccess } from '../access/changeAccess.ts';
import { id } from '../fields.ts';
import { findInterview, type Interview } from '../interviewModel.ts';
import { copyMaterial } from '../material/copyMaterial.ts';
import { staffMember } from '../people.ts';
import { canBeAtDesk, demand } from '../policy.ts';
import { announceDaysAhead } from '../settings.ts';
import { assignRole } from './assignRole.ts';
import { createInterview } from './createInterview.ts';
import { setAnswerReview } from './setAnswerReview.ts';

const schema = z.object({ interviewId: id });

/** Who has a role gets it again, but for helpers by a link and for accounts that are gone. */
async function copyRoles(actor: Actor, earlier: Interview, copyId: string): Promise<void> {
  for (const { role, personId, until } of earlier.roles) {
    if (!until && (await staffMember(personId))) await assignRole(actor, { interviewId: copyId, role, personId });
  }
}

/** An organiser drafts a new interview after an earlier one: words, guests, roles, review 政策关 and who may take part. Gives the new id. */
export async function copyInterview(actor: Actor, input: unknown): Promise<string> {
  const { interviewId } = parse(schema, input);
  const earlier = await findInterview(interviewId);
  demand(canBeAtDesk(actor, earlier), actor, earlier);
  const clock = DateTime.fromJSDate(earlier.startsAt, { zone: cityZone });
  const startsAt = DateTime.fromJSDate(now(), { zone: cityZone })
    .plus({ days: announceDaysAhead.value() + 1 })
    .set({ hour: clock.hour, minute: clock.minute, second: 0, millisecond: 0 });
  const { topic, summary, background, departmentId, plannedMinutes } = earlier;
  const copyId = await createInterview(actor, {
    topic,
    summary,
    background,
    departmentId,
    plannedMinutes,
    startsAt: startsAt.toJSDate(),
    guests: earlier.guests.map(({ name, title, personId }) => ({ name, title, personId })),
  });
  await copyMaterial(earlier, copyId, actor.id);
  if (earlier.reviewAnswers != null) {
    await setAnswerReview(actor, { interviewId: copyId, review: earlier.reviewAnswers ? 'on' : 'off' });
  }
  const { asking = 'everyone', supporting = 'everyone' } = earlier;
  if (asking !== 'everyone' || supporting !== 'everyone') {
    await changeAccess(actor, { interviewId: copyId, asking, supporting });
  }
  await copyRoles(actor, earlier, copyId);
  return copyId;
}
