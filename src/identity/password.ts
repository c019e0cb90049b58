import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';
import { newId } from '../kernel/id.ts';
import { say } from '../kernel/parse.ts';
import { isGuessable } from './guessablePassword.ts';
import { passwordLengthMin } from './settings.ts';

// Argon2id (the library's default) with the parameters of the OWASP Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Gives the argon2id hash of a password. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost);
}

let nobodysHash: Promise<string> | undefined;

/**
 * True when the password fits. Without a hash (there is no such account) the same work is done against a hash that
 * fits nothing, so that the time it takes tells nobody which names exist.
 */
export async function passwordFits(passwordHash: string | undefined, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword(newId(24));
  const fits = await verify(passwordHash ?? (await nobodysHash), password.normalize('NFKC'));
  return fits && passwordHash !== undefined;
}

/** A password for the first sign-in, easy to read out: four groups of four letters, 80 bits. */
export function oneTimePassword(): string {
  return (newId(16).match(/.{4}/g) ?? []).join('-');
}

/** Schema of a new password: long enough, not one that is tried first, not the user name. No rules of composition. */
export function newPassword(userName: string) {
  const minimum = passwordLengthMin.value();
  return z
    .string(say('errors.required'))
    .min(minimum, say('identity.errors.password-short', { minimum }))
    .max(128, say('identity.errors.password-long', { maximum: 128 }))
    .refine((password) => !isGuessable(password), say('identity.errors.password-guessed'))
    .refine(
      (password) => !password.toLowerCase().includes(userName.toLowerCase()),
      say('identity.errors.password-is-name'),
    );
}
