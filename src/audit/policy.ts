import { hasRoleCityWide, type Actor } from '../kernel/actor.ts';

/** The trail shows what happened in every department, so only administrators of the whole city read it. */
export const canReadAudit = (actor: Actor): boolean => hasRoleCityWide(actor, 'administrator');
