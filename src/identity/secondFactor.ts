import { Secret, TOTP } from 'otpauth';
import { invalid } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import { now } from '../kernel/time.ts';
import { plainCode } from '../kernel/typedLine.ts';
import type { Account, SecondFactor } from './account.ts';
import { AccountModel } from './accountModel.ts';
import { countFailedSignIn } from './failedSignIns.ts';
import { fingerprint, seal, unseal } from './keys.ts';
import { countCodeTry } from './signInLimit.ts';

// RFC 6238 as every app reads it: SHA-1, six digits, 30 seconds; one step either way for clocks that differ
const period = 30;
const window = 1;
const recoveryCount = 10;

const totp = (secret: string, label = '', issuer = '') =>
  new TOTP({ secret: Secret.fromBase32(secret), label, issuer, algorithm: 'SHA1', digits: 6, period });

/** A new secret of 160 bits, as apps take it (base 32). */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

/** The address by which an app learns a secret: shown as a QR code, or tapped on the same phone. */
export const appAddress = (secret: string, userName: string, issuer: string): string =>
  totp(secret, userName, issuer).toString();

/** Which half minute a code belongs to, or null when it fits none near the present one. */
function stepOf(secret: string, code: string): number | null {
  const timestamp = now().getTime();
  const delta = totp(secret).validate({ token: code, timestamp, window });
  return delta === null ? null : Math.floor(timestamp / (period * 1000)) + delta;
}

const recoveryPrint = (accountId: string, code: string) => fingerprint('recovery', `${accountId}:${plainCode(code)}`);

/** Ten codes for when the app is lost, 50 bits each; only their fingerprints are kept. */
export function newRecoveryCodes(accountId: string): { codes: string[]; prints: string[] } {
  const codes = Array.from({ length: recoveryCount }, () => `${newId(5)}-${newId(5)}`);
  return { codes, prints: codes.map((code) => recoveryPrint(accountId, code)) };
}

/** Makes the second factor from the secret the person's app was given, when the code proves that it arrived. */
export async function firstProof(
  accountId: string,
  secret: string,
  code: string,
): Promise<{ secondFactor: SecondFactor; codes: string[] }> {
  const attempt = await countCodeTry(accountId, 'set-up');
  const step = stepOf(secret, plainCode(code));
  if (step === null) throw invalid({ code: { key: 'second-factor.errors.first-code' } });
  await attempt.succeeded();
  const { codes, prints } = newRecoveryCodes(accountId);
  const sealed = seal(secret, accountId, 'second-factor');
  return { secondFactor: { sealed, setUpAt: now(), lastStep: step, recovery: prints }, codes };
}

async function useCode(account: Account, factor: SecondFactor, code: string): Promise<boolean> {
  const step = stepOf(unseal(factor.sealed, account._id, 'second-factor'), code);
  if (step === null) return false;
  // in one write with its condition: of two browsers with the same code only one gets in
  const { matchedCount } = await AccountModel.updateOne(
    { _id: account._id, 'secondFactor.sealed': factor.sealed, 'secondFactor.lastStep': { $lt: step } },
    { $set: { 'secondFactor.lastStep': step } },
  );
  return matchedCount === 1;
}

async function useRecoveryCode(account: Account, code: string): Promise<boolean> {
  const print = recoveryPrint(account._id, code);
  const { modifiedCount } = await AccountModel.updateOne(
    { _id: account._id, 'secondFactor.recovery': print },
    { $pull: { 'secondFactor.recovery': print } },
  );
  return modifiedCount === 1;
}

/**
 * Uses up a code of the app or a recovery code; each opens once. Gives how many recovery codes are left when one was
 * used. `own` names whose tries are counted apart from strangers'. Throws a 422 on `code`, or a 429 after too many wrong ones.
 */
export async function proveSecondFactor(
  account: Account,
  typed: string,
  own: string,
): Promise<{ recoveryLeft?: number }> {
  const factor = account.secondFactor;
  if (!factor) throw invalid({ code: { key: 'second-factor.errors.code' } });
  const attempt = await countCodeTry(account._id, own);
  const code = plainCode(typed);
  const fromApp = /^\d{6}$/.test(code);
  const fits = fromApp ? await useCode(account, factor, code) : await useRecoveryCode(account, code);
  if (!fits) {
    await countFailedSignIn(account._id, 'code');
    throw invalid({ code: { key: 'second-factor.errors.code' } });
  }
  await attempt.succeeded();
  return fromApp ? {} : { recoveryLeft: factor.recovery.length - 1 };
}
