import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { invalid, type Message } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { changeInterview, findInterview } from '../interviewModel.ts';
import { canSteer, demand } from '../policy.ts';
import { everyone, inRoom } from '../room.ts';
import { phaseRow } from '../rows.ts';
import { allowedHosts, isAllowed } from './hosts.ts';

const schema = z.object({ interviewId: id, video: z.string().trim().max(1000).default('') });

/** Why an address cannot be shown, or undefined; '' means no video. */
function faultOf(video: string): Message | undefined {
  if (video === '') return undefined;
  if (!URL.canParse(video)) return { key: 'interview-material.errors.not-an-address' };
  if (isAllowed(new URL(video))) return undefined;
  const hosts = allowedHosts();
  if (hosts.length === 0) return { key: 'interview-material.errors.no-hosts' };
  return { key: 'interview-material.errors.host-not-allowed', params: { hosts: hosts.join('、') } };
}

/** Host, director or organiser give the address of the broadcast 直播视频, or of its recording afterwards. */
export async function changeVideo(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, video } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canSteer(actor, interview), actor, interview);
  const fault = faultOf(video);
  if (fault) throw invalid({ video: fault });
  await inRoom(interviewId, async (fresh, revision) => {
    await changeInterview(interviewId, {
      from: ['draft', 'announced', 'live', 'closed', 'archived'],
      set: { video, phaseRevision: revision },
      trail: trailEntry(actor, 'video', video ? { note: video } : {}),
      refusedKey: 'interview-material.errors.cannot-change',
    });
    return everyone([phaseRow({ ...fresh, video, phaseRevision: revision })]);
  });
  await recordAudit(actor, {
    verb: 'interview.video',
    target: { type: 'interview', id: interviewId, label: interview.topic },
    before: { video: interview.video ?? '' },
    after: { video },
  });
}
