import { createChallenge, randomInt, verifySolution, type Payload } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import { secretFor } from '../../config.ts';
import { Refusal } from '../../kernel/errors.ts';
import { now } from '../../kernel/time.ts';
import { isDuplicate } from '../../platform/database/errors.ts';
import { SpentProofModel } from './spentProofModel.ts';

const minutes = 20;
/** About a second of a telephone's work. */
const work = { algorithm: 'PBKDF2/SHA-256', cost: 1_000, from: 300, to: 1_200 };

const keys = () => ({
  hmacSignatureSecret: secretFor('proof'),
  hmacKeySignatureSecret: secretFor('proof-key'),
});

/** A piece of work 工作量证明 for a browser, signed, good for twenty minutes and once, for this purpose alone. */
export function newChallenge(purpose: string) {
  return createChallenge({
    algorithm: work.algorithm,
    cost: work.cost,
    counter: randomInt(work.from, work.to),
    deriveKey,
    data: { purpose },
    expiresAt: Math.floor(now().getTime() / 1000) + minutes * 60,
    ...keys(),
  });
}

const payloadSchema = z.object({
  challenge: z.looseObject({
    parameters: z.looseObject({ nonce: z.string().max(200), data: z.looseObject({ purpose: z.string() }) }),
    signature: z.string(),
  }),
  solution: z.looseObject({}),
});

/** Each piece of work counts once in the whole installation. */
async function isFirstUse(nonce: string): Promise<boolean> {
  try {
    await SpentProofModel.create({ _id: nonce, until: new Date(now().getTime() + minutes * 60_000) });
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/** Reads what a form or a program sent; null when it is no solution of one of our challenges for this purpose. */
async function solvedNonce(field: unknown, purpose: string): Promise<string | null> {
  if (typeof field !== 'string' || field.length > 5000) return null;
  try {
    const payload = payloadSchema.parse(JSON.parse(Buffer.from(field, 'base64').toString()));
    const { challenge, solution } = payload as unknown as Payload;
    const { verified } = await verifySolution({ challenge, solution, deriveKey, ...keys() });
    const { nonce, data } = payload.challenge.parameters;
    return verified && data.purpose === purpose ? nonce : null;
  } catch {
    return null;
  }
}

/** True when the field carries the solution of a challenge of ours for this purpose that was not used before. */
export async function isProven(field: unknown, purpose: string): Promise<boolean> {
  const nonce = await solvedNonce(field, purpose);
  return nonce !== null && (await isFirstUse(nonce));
}

/** 403 `proof-needed`: a page of ours does the work and sends again; `key` is the sentence for whoever cannot. */
export const proofNeeded = (key: string): Refusal => new Refusal(403, 'proof-needed', { key });
