import type { Actor } from '../kernel/actor.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import { roomDefinition, type Audience } from './room.ts';

/** How long the answer for an open audience holds, in milliseconds. */
const holdsMs = 1_000;
const answers = new Map<string, { until: number; answer: Promise<boolean> }>();

/** Whoever knows the address: an audience that they may join is open to everybody. */
const anybody: Actor = { kind: 'guest', id: '', nickname: null, language: 'zh-CN', requestId: 'live' };

/**
 * Throws a Refusal when the actor may not be in the room with that audience; 404 when there is no such kind or
 * audience. For an open audience everybody shares one answer for a second, so a crowd costs one look; who may see more
 * than anybody, an official before the announcement, is looked at for themselves.
 */
export async function admit(actor: Actor, kind: string, roomId: string, audience: string): Promise<Audience> {
  const definition = roomDefinition(kind);
  const known = definition?.audiences.find((name) => name === audience);
  if (!definition || !known) throw notFound();
  if (!(await isOpenToAll(kind, roomId, known))) await definition.admit(actor, roomId, known);
  return known;
}

/** True for a room and an audience that anybody may join at this moment. */
export async function isOpenToAll(kind: string, roomId: string, audience: Audience): Promise<boolean> {
  const definition = roomDefinition(kind);
  if (!definition?.open?.includes(audience)) return false;
  const key = `${kind}/${roomId}/${audience}`;
  const at = performance.now();
  const there = answers.get(key);
  if (there && there.until > at) return there.answer;
  if (answers.size > 1_000) answers.clear();
  const answer = definition.admit(anybody, roomId, audience).then(
    () => true,
    (error: unknown) => {
      answers.delete(key); // it may be announced the next moment
      if (error instanceof Refusal) return false;
      throw error;
    },
  );
  answers.set(key, { until: at + holdsMs, answer });
  return answer;
}
