import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { notFound } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { interviewStates } from '../interview.ts';
import { changeInterview, findInterview } from '../interviewModel.ts';
import { canKeepOrder, demand } from '../policy.ts';
import { inRoom } from '../room.ts';
import { bansRow, ownBanRow } from './ban.ts';

const schema = z.object({ interviewId: id, banId: id });

/** Lifts a ban: the person may ask and support again, and their page says so. */
export async function liftBan(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, banId } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canKeepOrder(actor, interview), actor, interview);
  await inRoom(interviewId, async (fresh, revision) => {
    const ban = fresh.bans?.find((one) => one.id === banId);
    if (!ban) throw notFound('interview-guard.no-such-ban');
    await changeInterview(interviewId, {
      from: interviewStates,
      set: { bansRevision: revision },
      pull: { bans: { id: banId } },
      trail: trailEntry(actor, 'lift-ban', { note: `#${ban.asker.tag}` }),
      refusedKey: 'interview-guard.no-such-ban',
    });
    const after = { bans: (fresh.bans ?? []).filter((one) => one.id !== banId), bansRevision: revision };
    const persons = Object.fromEntries(ban.personIds.map((personId) => [personId, [ownBanRow(after, personId)]]));
    return { desk: [bansRow(after)], persons };
  });
  await recordAudit(actor, {
    verb: 'interview.lift-ban',
    target: { type: 'interview', id: interviewId, label: interview.topic },
  });
}
