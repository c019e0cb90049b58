import { departmentsHolding } from '../../identity/index.ts';
import type { Message } from '../../kernel/errors.ts';
import type { SettingValue } from '../../platform/settings.ts';
import { ownerEfficiencyBox, ownerLeaderBox } from '../settings.ts';

/** Why a department cannot own a box: it is kept by the department's clerks alone, and without one nobody would. */
export async function whyNotOwner(departmentId: string): Promise<Message | undefined> {
  if (departmentId === '') return undefined;
  const keepers = await departmentsHolding('clerk');
  return keepers.includes(departmentId) ? undefined : { key: 'mailbox-office.admin.no-clerk' };
}

/** The same for whoever changes the setting on its own page. */
export async function whyNotKept(_actor: unknown, key: string, value: SettingValue): Promise<Message | undefined> {
  return [ownerLeaderBox.key, ownerEfficiencyBox.key].includes(key) ? whyNotOwner(String(value)) : undefined;
}
