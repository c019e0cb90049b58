import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { invalid, tooMany } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse, say } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { AttemptModel, PaceModel } from '../attemptModel.ts';
import { fingerprint, seal } from '../keys.ts';
import { codeMinutes, codesPerDay } from '../settings.ts';
import { channelNamed } from '../verificationChannel.ts';

const secondsBetweenCodes = 60;
const schema = z.object({ address: z.string(say('errors.required')).min(1, say('errors.required')).max(300) });

/**
 * Sends a six-digit code to the address. Gives the attempt's identifier, with which the code is confirmed.
 * Whether the address is known is not looked at, so nobody can learn it here.
 */
export async function requestCode(actor: Actor, input: unknown): Promise<{ attemptId: string }> {
  const channel = channelNamed('email');
  const address = channel.readAddress(parse(schema, input).address);
  if (!address) throw invalid({ address: { key: 'identity.errors.not-an-address' } });
  const print = fingerprint('address', `${channel.name}:${address}`);
  await keepPace(print);
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
    sentAt,
    expiresAt: until,
    usedAt: null,
  });
  await channel.sendCode(address, { code, minutes, until, language: actor.language, attemptId });
  return { attemptId };
}

/** One code a minute and a few a day for each address: nobody's mailbox is flooded, no code can be guessed by asking anew. */
async function keepPace(print: string): Promise<void> {
  const at = now();
  const today = await AttemptModel.countDocuments({
    fingerprint: print,
    sentAt: { $gt: new Date(at.getTime() - 86_400_000) },
  });
  if (today >= codesPerDay.value()) throw tooMany(3600, 'identity.errors.codes-per-day');
  const nextAt = new Date(at.getTime() + secondsBetweenCodes * 1000);
  try {
    await PaceModel.updateOne({ _id: print, nextAt: { $lte: at } }, { $set: { nextAt } }, { upsert: true });
  } catch (error) {
    // an address still waiting does not match, and writing it anew is a duplicate
    if ((error as { code?: unknown }).code !== 11000) throw error;
    const waiting = await PaceModel.findById(print).lean();
    const seconds = Math.ceil(((waiting?.nextAt ?? nextAt).getTime() - at.getTime()) / 1000);
    throw tooMany(Math.max(1, seconds), 'identity.errors.code-too-soon');
  }
}
