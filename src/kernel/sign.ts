import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signs a text for one purpose; the signature of one purpose never passes for another. */
export function sign(text: string, purpose: string, secret: string): string {
  const signature = createHmac('sha256', secret).update(`${purpose}\n${text}`).digest('base64url');
  return `${text}.${signature}`;
}

/** Gives back the signed text, or undefined when the signature does not fit. */
export function unsign(signed: string, purpose: string, secret: string): string | undefined {
  const dot = signed.lastIndexOf('.');
  if (dot < 0) return undefined;
  const expected = Buffer.from(sign(signed.slice(0, dot), purpose, secret));
  const given = Buffer.from(signed);
  return expected.length === given.length && timingSafeEqual(expected, given) ? signed.slice(0, dot) : undefined;
}
