import { config } from '../config.ts';
import { type Actor, hasRole } from '../kernel/actor.ts';

/** The outbox exists where letters go to the shelf, which is never in production: real mail is nobody's to read but the addressee's. */
export function canReadOutbox(actor: Actor): boolean {
  return config.mode !== 'production' && !config.smtpUrl && hasRole(actor, 'administrator');
}
