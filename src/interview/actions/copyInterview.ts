import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { cityZone, now } from '../../kernel/time.ts';
import { id } from '../fields.ts';
import { findInterview } from '../interviewModel.ts';
import { copyMaterial } from '../material/copyMaterial.ts';
import { canBeAtDesk, demand } from '../policy.ts';
import { announceDaysAhead } from '../settings.ts';
import { createInterview } from './createInterview.ts';
import { setAnswerReview } from './setAnswerReview.ts';

const schema = z.object({ interviewId: id });

/** An organiser drafts a new interview after an earlier one: its words, guests and review 政策关, not its people. Gives the new id. */
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
  return copyId;
}
