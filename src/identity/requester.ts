import type { Request, Response } from 'express';
import { z } from 'zod';
import { readSignedCookie, setSignedCookie } from '../web/cookies.ts';
import { networkOf } from '../web/network.ts';
import { fingerprint } from './keys.ts';

/**
 * Who asks to be let in. Guesses and requests are counted by where they come from, and for a browser that was let in
 * to this account or address before by that browser alone: what strangers do elsewhere does not stop the owner.
 */
export interface Requester {
  network: string;
  device: string;
  /** True when this browser was let in to it before. */
  knows(whom: string): boolean;
}

const cookie = 'wz_known';
const knownMost = 8;
const knownDays = 365;
const schema = z.object({ device: z.string(), prints: z.array(z.string()) });

/** Bound to the device: a cookie that was copied alone opens nothing. */
function knownPrints(request: Request): string[] {
  const read = schema.safeParse(readSignedCookie(request, cookie));
  return read.success && read.data.device === request.device.id ? read.data.prints : [];
}

const printOf = (request: Request, whom: string): string => fingerprint('known', `${request.device.id}:${whom}`);

/** Whom a counter is about: an official by user name, a citizen by the fingerprint of their address. */
export const officialNamed = (userName: string): string => `official:${userName}`;
export const citizenAt = (addressPrint: string): string => `citizen:${addressPrint}`;

export function requesterOf(request: Request): Requester {
  const known = knownPrints(request);
  return {
    network: networkOf(request.ip ?? ''),
    device: request.device.id,
    knows: (whom) => known.includes(printOf(request, whom)),
  };
}

/** From now on this browser is known for it. */
export function rememberKnown(request: Request, response: Response, whom: string): void {
  const print = printOf(request, whom);
  const prints = [print, ...knownPrints(request).filter((one) => one !== print)].slice(0, knownMost);
  setSignedCookie(response, cookie, { device: request.device.id, prints }, knownDays);
}
