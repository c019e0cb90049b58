import { integerSetting } from '../platform/settings.ts';

/** Messages a second that one socket may send; three times as many at once after a silence. */
export const messagesPerSecond = integerSetting('live.messages-per-second', { default: 10, min: 1, max: 1_000 });
/** Sockets from one address, behind which a whole office can sit. */
export const socketsPerAddress = integerSetting('live.sockets-per-address', { default: 2_000, min: 1, max: 100_000 });
/** Sockets of one person: tabs and devices. */
export const socketsPerPerson = integerSetting('live.sockets-per-person', { default: 20, min: 1, max: 1_000 });
