import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { secretFor } from '../config.ts';

const keys = new Map<string, Buffer>();

/** A key of its own for each purpose, all from the secret of the installation. */
function keyFor(purpose: string): Buffer {
  const known = keys.get(purpose);
  if (known) return known;
  const key = Buffer.from(hkdfSync('sha256', secretFor('identity'), '', purpose, 32));
  keys.set(purpose, key);
  return key;
}

/** A fingerprint by which a text can be found again but not read. */
export function fingerprint(purpose: string, text: string): string {
  return createHmac('sha256', keyFor(purpose)).update(text).digest('base64url');
}

/** What is encrypted, each kind under a key of its own. */
type Sealed = 'address' | 'second-factor';

/** Encrypts a text (AES-256-GCM); `owner` is bound to it, so that it cannot be moved to another document. */
export function seal(text: string, owner: string, purpose: Sealed = 'address'): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), nonce).setAAD(Buffer.from(owner));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** Opens what seal() made for the same owner and purpose; throws when it was changed. */
export function unseal(sealed: string, owner: string, purpose: Sealed = 'address'): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), bytes.subarray(0, 12));
  decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(12, 28));
  return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
}
