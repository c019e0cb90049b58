import type { IncomingMessage } from 'node:http';
import { secretFor } from '../../config.ts';
import { sign, unsign } from '../../kernel/sign.ts';
import { passHeader } from './passHeader.ts';

const purpose = 'demo-crowd';
const hours = 12;

/** True when the request comes from this machine itself, past no proxy. */
export function isFromHere({ socket, headers }: IncomingMessage): boolean {
  return headers['x-forwarded-for'] === undefined && /^(::1|(::ffff:)?127\.)/.test(socket.remoteAddress ?? '');
}

/** Lets a simulated crowd in from one address; signed, for some hours. */
export function newPass(): string {
  return sign(String(Date.now() + hours * 3_600_000), purpose, secretFor(purpose));
}

/** True for a handshake of our own crowd on this machine. Only a demo asks. */
export function isCrowd(handshake: IncomingMessage): boolean {
  const pass = handshake.headers[passHeader];
  if (typeof pass !== 'string' || !isFromHere(handshake)) return false;
  return Number(unsign(pass, purpose, secretFor(purpose))) > Date.now();
}
