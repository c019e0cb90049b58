import type { Actor } from '../kernel/actor.ts';
import type { OpenWork } from '../organization/index.ts';
import { LetterModel } from './letterModel.ts';
import { worksWithLetters } from './policy.ts';

/** Letters a department still has in hand, alone or beside another one: it cannot end before they are elsewhere. */
export async function lettersInHand(departmentId: string, actor: Actor): Promise<OpenWork | undefined> {
  const inHand = { open: true, state: { $ne: 'replied' as const } };
  const asLead = LetterModel.countDocuments({ 'lead.departmentId': departmentId, ...inHand });
  const beside = LetterModel.countDocuments({ 'assisting.departmentId': departmentId, ...inHand });
  const count = (await asLead) + (await beside);
  if (count === 0) return undefined;
  const href = worksWithLetters(actor) ? `/office/letters?queue=all&department=${departmentId}` : null;
  return { told: { key: 'mailbox.errors.department-has-letters', params: { count } }, href };
}
