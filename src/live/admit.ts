import type { Actor } from '../kernel/actor.ts';
import { notFound } from '../kernel/errors.ts';
import { roomDefinition, type Audience, type RoomDefinition } from './room.ts';

/** How long the answer for an open audience holds, in milliseconds. */
const holdsMs = 1_000;
const answers = new Map<string, { until: number; answer: Promise<void> }>();

/**
 * Throws a Refusal when the actor may not be in the room with that audience; 404 when there is no such kind or
 * audience. For an open audience everybody shares one answer for a second, so a crowd costs one look.
 */
export async function admit(actor: Actor, kind: string, roomId: string, audience: string): Promise<Audience> {
  const definition = roomDefinition(kind);
  const known = definition?.audiences.find((name) => name === audience);
  if (!definition || !known) throw notFound();
  if (definition.open?.includes(known)) await sharedAnswer(definition, actor, roomId, known);
  else await definition.admit(actor, roomId, known);
  return known;
}

function sharedAnswer(definition: RoomDefinition, actor: Actor, roomId: string, audience: Audience): Promise<void> {
  const key = `${definition.kind}/${roomId}/${audience}`;
  const at = performance.now();
  const there = answers.get(key);
  if (there && there.until > at) return there.answer;
  if (answers.size > 1_000) answers.clear();
  const answer = definition.admit(actor, roomId, audience);
  answers.set(key, { until: at + holdsMs, answer });
  answer.catch(() => answers.delete(key));
  return answer;
}
