import { createChallenge, randomInt, verifySolution, type Payload } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import { secretFor } from '../config.ts';
import { now } from '../kernel/time.ts';

const minutes = 20;
/** About a second of a telephone's work. */
const work = { algorithm: 'PBKDF2/SHA-256', cost: 1_000, from: 300, to: 1_200 };

const keys = () => ({
  hmacSignatureSecret: secretFor('proof'),
  hmacKeySignatureSecret: secretFor('proof-key'),
});

/** A piece of work 工作量证明 for a browser, signed, good for twenty minutes and one letter. */
export function newChallenge() {
  return createChallenge({
    algorithm: work.algorithm,
    cost: work.cost,
    counter: randomInt(work.from, work.to),
    deriveKey,
    expiresAt: Math.floor(now().getTime() / 1000) + minutes * 60,
    ...keys(),
  });
}

const payloadSchema = z.object({
  challenge: z.looseObject({ parameters: z.looseObject({ nonce: z.string() }), signature: z.string() }),
  solution: z.looseObject({}),
});

const used = new Map<string, number>();

/** Each piece of work counts once in this process; what has expired is forgotten. */
function isFirstUse(nonce: string): boolean {
  const at = now().getTime();
  for (const [known, until] of used) {
    if (until > at) break;
    used.delete(known);
  }
  if (used.has(nonce)) return false;
  used.set(nonce, at + minutes * 60_000);
  return true;
}

/** True when the form carries the solution of a challenge of ours that was not used before. */
export async function isProven(field: unknown): Promise<boolean> {
  if (typeof field !== 'string' || field.length > 5000) return false;
  try {
    const payload = payloadSchema.parse(JSON.parse(Buffer.from(field, 'base64').toString()));
    const { challenge, solution } = payload as unknown as Payload;
    const { verified } = await verifySolution({ challenge, solution, deriveKey, ...keys() });
    return verified && isFirstUse(payload.challenge.parameters.nonce);
  } catch {
    return false;
  }
}
