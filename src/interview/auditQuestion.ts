import { recordAudit } from '../audit/index.ts';
import type { Actor } from '../kernel/actor.ts';

/** Puts what an official did to a question into the audit trail: its number and state, never its words. */
export function auditQuestion(actor: Actor, verb: string, id: string, change: { before?: unknown; after?: unknown }) {
  return recordAudit(actor, { verb: `question.${verb}`, target: { type: 'question', id }, ...change });
}
