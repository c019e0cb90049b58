import { createHmac, createSecretKey, hkdfSync, timingSafeEqual, type KeyObject } from 'node:crypto';
import { secretFor } from '../config.ts';
import { sealWith, unsealWith } from '../platform/seal.ts';

// Key objects: bare bytes are looked at anew at each use, which takes seven times as long
const keys = new Map<string, KeyObject>();
function keyFor(purpose: string): KeyObject {
  const known = keys.get(purpose);
  if (known) return known;
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secretFor('mailbox'), '', purpose, 32)));
  keys.set(purpose, key);
  return key;
}

/** A fingerprint from which nothing can be read back. */
export function fingerprint(purpose: string, text: string): string {
  return createHmac('sha256', keyFor(purpose)).update(text).digest('base64url');
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'; // nothing to mistake when read aloud

/** The query code 查询码 of a letter: 10 letters, the same for the same form with the same content, and for no other. */
export function codeFor(form: string): string {
  const bytes = createHmac('sha256', keyFor('code')).update(form).digest();
  return [...bytes.subarray(0, 10)].map((byte) => alphabet[byte % 32]).join('');
}

/** As people read it: two groups of five, the same on the page and in the mail. */
export const groupedCode = (code: string): string => code.toUpperCase().replace(/(.{5})(?=.)/, '$1 ');

export const hashCode = (number: string, code: string): string => fingerprint('query-code', `${number}\n${code}`);

/** Compares without telling by its time how much was right. */
export function sameHash(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Encrypts a text; `owner` is bound to it, so that it cannot be moved to another letter. */
export const seal = (text: string, owner: string): string => sealWith(keyFor('seal'), text, owner);

/** Opens what seal() made for the same owner; throws when it was changed. */
export const unseal = (sealed: string, owner: string): string => unsealWith(keyFor('seal'), sealed, owner);
