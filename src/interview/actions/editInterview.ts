import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse } from '../../kernel/parse.ts';
import { approvalAfterChange } from '../approval/approval.ts';
import { trailEntry } from '../doer.ts';
import { id, version } from '../fields.ts';
import { statesOpenTo } from '../interview.ts';
import { changeInterview, findInterview, type Interview } from '../interviewModel.ts';
import { canOrganise, demand } from '../policy.ts';
import { everyone, inRoom } from '../room.ts';
import { phaseRow } from '../rows.ts';
import { demandAhead, interviewFields } from './interviewInput.ts';

const schema = z.object({ interviewId: id, version, ...interviewFields });

/** Forms know minutes. */
const isSameMinute = (one: Date, other: Date) =>
  Math.floor(one.getTime() / 60_000) === Math.floor(other.getTime() / 60_000);

const told = (interview: Pick<Interview, 'topic' | 'startsAt' | 'plannedMinutes' | 'guests'>) => ({
  topic: interview.topic,
  startsAt: interview.startsAt.toISOString(),
  plannedMinutes: interview.plannedMinutes,
  guests: interview.guests.map(({ name }) => name).join('、'),
});

/** An organiser changes the announcement, before the interview begins; `version` is what was on the screen. */
export async function editInterview(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, version: seen, guests: given, ...fields } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canOrganise(actor, interview), actor, interview);
  if (interview.version !== seen) throw conflict('interview.errors.changed-meanwhile');
  // An announced start that has come and gone stays while other words are changed; a draft needs one that lies ahead
  if (interview.state === 'draft' || !isSameMinute(interview.startsAt, fields.startsAt)) {
    demandAhead(actor, fields.startsAt);
  }
  const guests = given.map(({ id: known, name, title, personId }) => {
    const kept = interview.guests.find((guest) => guest.id === known);
    return { id: kept?.id ?? newId(), name, title, personId: personId ?? null };
  });
  await inRoom(interviewId, async (fresh, revision) => {
    await changeInterview(interviewId, {
      from: statesOpenTo('edit'),
      only: { version: seen },
      set: { ...fields, ...approvalAfterChange(actor, fresh), guests, phaseRevision: revision },
      increase: { version: 1 },
      trail: trailEntry(actor, 'edit'),
      refusedKey: 'interview.errors.changed-meanwhile',
    });
    return everyone([phaseRow({ ...fresh, ...fields, phaseRevision: revision })]);
  });
  await recordAudit(actor, {
    verb: 'interview.edit',
    target: { type: 'interview', id: interviewId, label: fields.topic },
    before: told(interview),
    after: told({ ...fields, guests }),
  });
}
