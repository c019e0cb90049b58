import { secretFor } from '../config.ts';
import { sign, unsign } from '../kernel/sign.ts';
import { now } from '../kernel/time.ts';

const purpose = 'letter-pass';
/** How long a tracking page stays open after number and code were typed. */
export const trackingMinutes = 60;
/** How long the link for rating in a mail works. */
export const ratingDays = 30;

/** A pass that opens one letter for its writer until a moment; goes wherever the query code could go. */
export function passFor(letterId: string, minutes: number): string {
  return sign(`${letterId}~${(now().getTime() + minutes * 60_000).toString(36)}`, purpose, secretFor('letters'));
}

/** True when the pass is for this letter and not over yet. */
export function passFits(pass: string, letterId: string): boolean {
  const [id, until = ''] = unsign(pass, purpose, secretFor('letters'))?.split('~') ?? [];
  return id === letterId && Number.parseInt(until, 36) > now().getTime();
}
