import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { invalid, tooMany } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse, say } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { rateLimit } from '../../web/rateLimit.ts';
import { AttemptModel, deviceOfAttempt, PaceModel } from '../attemptModel.ts';
import { fingerprint, seal } from '../keys.ts';
import { citizenAt, type Requester } from '../requester.ts';
import { codeMinutes, codesPerDay } from '../settings.ts';
import { channelNamed } from '../verificationChannel.ts';

export const secondsBetweenCodes = 60;
/** How often codes are asked for, whatever the address; a browser that proved its address counts for itself alone. */
const requests = rateLimit('code-requests', { person: 10, address: 60, seconds: 3600, shared: true });
const schema = z.object({ address: z.string(say('errors.required')).min(1, say('errors.required')).max(300) });

/**
 * Sends a six-digit code to the address. Gives the attempt's identifier, with which the code is confirmed.
 * Whether the address is known is not looked at, so nobody can learn it here.
 */
export async function requestCode(actor: Actor, input: unknown, requester: Requester): Promise<{ attemptId: string }> {
  const channel = channelNamed('email');
  const address = channel.readAddress(parse(schema, input).address);
  if (!address) throw invalid({ address: { key: 'identity.errors.not-an-address' } });
  const print = fingerprint('address', `${channel.name}:${address}`);
  const asker = askerOf(print, requester);
  await requests.consume(actor.id, asker.known ? undefined : requester.network);
  await keepPace(print, asker);
  const [attemptId, sentAt, code] = [newId(24), now(), String(randomInt(1_000_000)).padStart(6, '0')];
  const minutes = codeMinutes.value();
  const until = new Date(sentAt.getTime() + minutes * 60_000);
  await AttemptModel.create({
    _id: attemptId,
    channel: channel.name,
    fingerprint: print,
    sealed: seal(address, attemptId),
    codeFingerprint: fingerprint('code', `${attemptId}:${code}`),
    tries: 0,
    device: deviceOfAttempt(attemptId, requester),
    ...asker,
    sentAt,
    expiresAt: until,
    usedAt: null,
  });
  await channel.sendCode(address, { code, minutes, until, language: actor.language, attemptId });
  return { attemptId };
}

/** Whose codes are counted: a browser that proved the address before for itself, strangers by their network. */
function askerOf(print: string, requester: Requester) {
  const known = requester.knows(citizenAt(print));
  const key = known ? `device ${requester.device}` : `network ${requester.network}`;
  return { known, askedBy: fingerprint('asked-by', key) };
}
type Asker = ReturnType<typeof askerOf>;

/** How many codes go to an address for strangers everywhere, in codes that one of them may ask for. */
const strangers = 3;

/**
 * One code a minute and a few a day for each who asks, and a few more for all strangers together: nobody's mailbox is
 * flooded, no code can be guessed by asking anew, and no stranger uses up what the owner needs.
 */
async function keepPace(print: string, { known, askedBy }: Asker): Promise<void> {
  const at = now();
  const today = { fingerprint: print, sentAt: { $gt: new Date(at.getTime() - 86_400_000) } };
  const most = codesPerDay.value();
  const own = await AttemptModel.countDocuments({ ...today, askedBy });
  const all = known ? 0 : await AttemptModel.countDocuments({ ...today, known: false });
  if (own >= most || all >= most * strangers) throw tooMany(3600, 'identity.errors.codes-per-day');
  const nextAt = new Date(at.getTime() + secondsBetweenCodes * 1000);
  const id = `${print} ${askedBy}`;
  try {
    await PaceModel.updateOne({ _id: id, nextAt: { $lte: at } }, { $set: { nextAt } }, { upsert: true });
  } catch (error) {
    // one still waiting does not match, and writing it anew is a duplicate
    if ((error as { code?: unknown }).code !== 11000) throw error;
    const waiting = await PaceModel.findById(id).lean();
    const seconds = Math.ceil(((waiting?.nextAt ?? nextAt).getTime() - at.getTime()) / 1000);
    throw tooMany(Math.max(1, seconds), 'identity.errors.code-too-soon');
  }
}
