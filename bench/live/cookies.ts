import { secretFor } from '../../src/config.ts';
import { sign } from '../../src/kernel/sign.ts';

/** The identifier of a simulated visitor's device. */
export const deviceId = (index: number): string => `visitor-${index}`;

/** The signed cookie of that device, as the product gives it with the first page (src/web/device.ts). */
export function deviceCookie(index: number): string {
  const device = Buffer.from(JSON.stringify({ id: deviceId(index), nickname: null })).toString('base64url');
  return `wz_device=${sign(device, 'wz_device', secretFor('cookies'))}`;
}
