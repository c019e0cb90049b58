import { cookieOf } from '../../src/web/device.ts';

/** The identifier of a simulated visitor's device. */
export const deviceId = (index: number): string => `visitor-${index}`;

/** The signed cookie of that device, as the product gives it with the first page. */
export const deviceCookie = (index: number): string => cookieOf({ id: deviceId(index), nickname: null });
