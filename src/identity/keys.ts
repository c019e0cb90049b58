import { createHmac, hkdfSync } from 'node:crypto';
import { secretFor } from '../config.ts';
import { sealWith, unsealWith } from '../platform/seal.ts';

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

/** Encrypts a text; `owner` is bound to it, so that it cannot be moved to another document. */
export const seal = (text: string, owner: string, purpose: Sealed = 'address'): string =>
  sealWith(keyFor(purpose), text, owner);

/** Opens what seal() made for the same owner and purpose; throws when it was changed. */
export const unseal = (sealed: string, owner: string, purpose: Sealed = 'address'): string =>
  unsealWith(keyFor(purpose), sealed, owner);
