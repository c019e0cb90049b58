import { addressText } from './delta.ts';
import { binaryEventFrame, eventFrame } from './frame.ts';
import type { Hall } from './hall.ts';
import type { PreparedAnswer } from './prepared.ts';
import { answerSince } from './roomView.ts';
import type { LiveRoom } from './rooms.ts';

/** Up to this many bytes what was missed goes as it is. */
const largestPlain = 16 * 1_024;
/** More than this many bytes are not pressed into a socket: who missed so much asks over HTTP. */
const largestPacked = 256 * 1_024;

/** Made once for everybody who missed the same. */
const frames = new WeakMap<PreparedAnswer, Promise<Buffer | null>>();

/**
 * What somebody who enters with revision `since` has missed, as a ready frame that goes ahead of the acknowledgement:
 * it spares each of a returning crowd a request of its own. Null when there is nothing to give this way: then the page asks.
 * `unpacks`: the page can undo gzip.
 */
export async function missedFrame(room: LiveRoom, hall: Hall, since: number, unpacks: boolean): Promise<Buffer | null> {
  if (since === 0) return null; // a snapshot also says what is no more: its page asks for it
  const answer = answerSince(room, hall, since);
  if (answer.plain.length > largestPlain && !unpacks) return null;
  let frame = frames.get(answer);
  if (!frame)
    frames.set(answer, (frame = makeFrame(addressText(room.definition.kind, room.id, hall.audience), answer)));
  return frame;
}

async function makeFrame(address: string, answer: PreparedAnswer): Promise<Buffer | null> {
  const { plain } = answer;
  if (plain.length <= largestPlain) return eventFrame('delta', address + plain.toString('utf8', 1));
  const { body } = await answer.in('gzip');
  return body.length > largestPacked ? null : binaryEventFrame('packed', `${address.slice(0, -1)}}`, body);
}
