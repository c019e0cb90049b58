import { seedDemoAccount } from '../identity/index.ts';
import { systemActor, type SystemActor } from '../kernel/actor.ts';
import { storeSetting } from '../platform/settings.ts';
import { createDepartment, type League, type Level } from '../organization/index.ts';
import { accounts, cityDepartments, demoPassword, districts, root, streets } from './content/city.ts';

/** What the rest of the demo needs of the city: who and where. */
export interface DemoCity {
  actor: SystemActor;
  /** Department identifiers by their key in content/city.ts. */
  departments: ReadonlyMap<string, string>;
  /** Account identifiers by user name. */
  accounts: ReadonlyMap<string, string>;
}

/** Opens the departments and accounts of 青澜市 through the same actions an administrator uses. */
export async function buildCity(): Promise<DemoCity> {
  const actor = systemActor('demo');
  const departments = new Map<string, string>();
  const open = async (line: readonly string[], level: Level, league: League, parent: string, order: number) => {
    const [key = '', name, shortName, nameEnglish] = line;
    const parentId = departments.get(parent) ?? '';
    const { id } = await createDepartment(actor, { name, shortName, nameEnglish, level, league, parentId, order });
    departments.set(key, id);
  };
  await open(root, 'city', 'none', '', 0);
  for (const [index, line] of cityDepartments.entries()) {
    await open(line, 'city', line[0] === 'secretariat' ? 'none' : 'departments', 'city', index + 1);
  }
  for (const [index, line] of districts.entries()) await open(line, 'district', 'districts', 'city', 100 + index);
  for (const [index, [district, ...line]] of streets.entries()) await open(line, 'street', 'none', district, index);
  await giveAddresses(departments);
  return { actor, departments, accounts: await openAccounts(departments) };
}

/** Where departments get mail; nothing leaves the demo city, its mails lie in the outbox. */
async function giveAddresses(departments: ReadonlyMap<string, string>): Promise<void> {
  const lines = [...departments].map(([key, id]) => `${id} ${key}@qinglan.example`);
  await storeSetting('organization.department-addresses', lines, 'demo');
}

async function openAccounts(departments: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const opened = new Map<string, string>();
  for (const [userName, displayName, department, role] of accounts) {
    const departmentId = departments.get(department) ?? '';
    const grants = role ? [{ role, departmentId }] : [];
    const { id } = await seedDemoAccount({ userName, displayName, departmentId, grants, password: demoPassword });
    opened.set(userName, id);
  }
  return opened;
}
