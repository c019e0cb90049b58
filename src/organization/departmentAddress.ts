import { listSetting } from '../platform/settings.ts';

/** Where departments get mail, one line each: the department's identifier, a blank, the address. */
const departmentAddresses = listSetting('organization.department-addresses', { default: [], max: 500 });

/** The address of a department where the administrator wrote one down; otherwise its queues tell it. */
export function departmentAddress(departmentId: string | null): string | undefined {
  const lines = departmentAddresses.value().map((line) => line.trim().split(/\s+/));
  return lines.find(([id]) => id === departmentId)?.[1];
}
