import { secretFor } from '../../config.ts';
import type { Actor } from '../../kernel/actor.ts';
import { sign, unsign } from '../../kernel/sign.ts';
import { now } from '../../kernel/time.ts';
import { isProven } from '../../moderation/index.ts';
import { guardMinutes } from './guard.ts';

/** What the work of a visitor is done for: one room. */
export const proofOfRoom = (interviewId: string) => `interview ${interviewId}`;
const purpose = 'guard-pass';

/** A visitor who did the work supports freely for a while: signed, for this person and room alone. */
export function passFor(personId: string, interviewId: string): string {
  const until = now().getTime() + guardMinutes.value() * 60_000;
  return sign(`${until} ${personId} ${interviewId}`, purpose, secretFor(purpose));
}

function isPass(pass: string, personId: string, interviewId: string): boolean {
  const [until, person, room] = (unsign(pass, purpose, secretFor(purpose)) ?? '').split(' ');
  return person === personId && room === interviewId && Number(until) > now().getTime();
}

/** What a supporter sent: verified citizens need nothing, visitors a pass, or work which earns one. */
export async function provenBy(
  actor: Actor,
  interviewId: string,
  given: { proof?: string | undefined; pass?: string | undefined },
): Promise<{ proven: boolean; pass?: string }> {
  if (actor.kind !== 'guest') return { proven: true };
  if (given.pass !== undefined && isPass(given.pass, actor.id, interviewId)) return { proven: true };
  if (given.proof === undefined || !(await isProven(given.proof, proofOfRoom(interviewId)))) return { proven: false };
  return { proven: true, pass: passFor(actor.id, interviewId) };
}
