import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';
import { z } from 'zod';
import { newId } from '../kernel/id.ts';
import { readSignedCookie, setSignedCookie, signedCookie } from './cookies.ts';

const cookieName = 'wz_device';
const deviceSchema = z.object({ id: z.string().max(24), nickname: z.string().max(40).nullable() });

/** A visitor's device 游客: an identifier and, if they gave one, a nickname. Lives in a signed cookie only. */
export type Device = z.infer<typeof deviceSchema>;

/** The device that sent the request, or undefined for a new or forged one. */
export function readDevice(request: IncomingMessage): Device | undefined {
  const read = deviceSchema.safeParse(readSignedCookie(request, cookieName));
  return read.success ? read.data : undefined;
}

/** A device seen for the first time. */
export function newDevice(): Device {
  return { id: newId(16), nickname: null };
}

/** The device's cookie as a browser sends it, for programs that stand in for visitors. */
export function cookieOf(device: Device): string {
  return `${cookieName}=${signedCookie(cookieName, device)}`;
}

/** Remembers the device for a year. */
export function rememberDevice(response: Response, device: Device): void {
  setSignedCookie(response, cookieName, device, 365);
}
