import type { Actor } from '../kernel/actor.ts';
import { mayCityWide } from '../kernel/may.ts';

/** The trail shows what happened in every department, so only administrators of the whole city read it. */
export const canReadAudit = (actor: Actor): boolean => mayCityWide(actor, 'administrator');
