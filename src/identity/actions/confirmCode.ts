import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse, say } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { type Attempt, AttemptModel } from '../attemptModel.ts';
import { CitizenModel } from '../citizenModel.ts';
import { linkGuest } from '../following.ts';
import { fingerprint, seal, unseal } from '../keys.ts';
import { codeTries } from '../settings.ts';

const schema = z.object({
  attemptId: z.string().max(40),
  code: z
    .string(say('errors.required'))
    .transform((typed) => typed.normalize('NFKC').replace(/\D/g, ''))
    .refine((code) => /^\d{6}$/.test(code), say('identity.errors.six-digits')),
});

/** Takes the code that was sent; gives the citizen it proves, made now if they are new. What the device's guest did becomes theirs. */
export async function confirmCode(actor: Actor, input: unknown): Promise<{ citizenId: string; addressPrint: string }> {
  const { attemptId, code } = parse(schema, input);
  const attempt = await useTry(attemptId);
  const given = Buffer.from(fingerprint('code', `${attemptId}:${code}`));
  if (!timingSafeEqual(given, Buffer.from(attempt.codeFingerprint))) {
    const left = codeTries.value() - attempt.tries;
    if (left <= 0) throw conflict('identity.errors.code-over');
    throw invalid({ code: { key: 'identity.errors.wrong-code', params: { count: left } } });
  }
  const { matchedCount } = await AttemptModel.updateOne({ _id: attemptId, usedAt: null }, { $set: { usedAt: now() } });
  if (matchedCount === 0) throw conflict('identity.errors.code-over');
  const citizenId = await citizenOf(attempt, actor);
  if (actor.kind === 'guest') await linkGuest(actor.id, citizenId);
  return { citizenId, addressPrint: attempt.fingerprint };
}

/** Counts the try before the code is looked at; a code that is used up, used or too old has one answer. */
async function useTry(attemptId: string): Promise<Attempt> {
  const { matchedCount } = await AttemptModel.updateOne(
    { _id: attemptId, usedAt: null, tries: { $lt: codeTries.value() }, expiresAt: { $gt: now() } },
    { $inc: { tries: 1 } },
  );
  const attempt = matchedCount === 0 ? null : await AttemptModel.findById(attemptId).lean<Attempt>();
  if (!attempt) throw conflict('identity.errors.code-over');
  return attempt;
}

/** Finds the citizen of the attempt's address, or makes one. */
async function citizenOf(attempt: Attempt, actor: Actor): Promise<string> {
  const at = now();
  const known = () =>
    CitizenModel.findOne({ 'addresses.fingerprint': attempt.fingerprint }, { _id: 1 }).lean<{ _id: string }>();
  const found = await known();
  if (found) {
    await CitizenModel.updateOne({ _id: found._id }, { $set: { lastSignInAt: at, language: actor.language } });
    return found._id;
  }
  const id = newId();
  const { channel, fingerprint: print } = attempt;
  const sealed = seal(unseal(attempt.sealed, attempt._id), id);
  const nickname = (actor.kind === 'guest' && actor.nickname) || firstNickname(id);
  try {
    await CitizenModel.create({
      _id: id,
      nickname,
      language: actor.language,
      addresses: [{ channel, fingerprint: print, sealed, verifiedAt: at }],
      createdAt: at,
      lastSignInAt: at,
    });
    return id;
  } catch (error) {
    const twin = (error as { code?: unknown }).code === 11000 ? await known() : null;
    if (!twin) throw error;
    return twin._id; // verified in two windows at the same moment
  }
}

/** A neutral name until the person chooses one: 市民 and four signs. */
const firstNickname = (id: string): string => `市民${id.slice(0, 4).toUpperCase()}`;
