import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';

/** Encrypts a text (AES-256-GCM); `owner` is bound to it, so that it cannot be moved to another document. */
export function sealWith(key: KeyObject | Buffer, text: string, owner: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** Opens what sealWith() made with the same key for the same owner; throws when it was changed. */
export function unsealWith(key: KeyObject | Buffer, sealed: string, owner: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
  decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(12, 28));
  return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
}
