import { type StaffRole, staffRoles } from '../kernel/actor.ts';
import type { Language } from '../kernel/language.ts';
import { parse } from '../kernel/parse.ts';
import type { DepartmentPaths } from '../organization/index.ts';
import { translate } from '../platform/language.ts';
import { codeOf, type Fault, faultsOf, type SheetRow } from '../transfer/index.ts';
import type { Account, Grant } from './account.ts';
import { newAccountSchema } from './actions/createAccount.ts';
import { roleWords } from './views.ts';

export const accountColumns = ['userName', 'displayName', 'department', 'workEmail', 'roles', 'state'] as const;
const states = ['active', 'disabled'] as const;

/** A row of the table, understood. */
export interface AccountEntry {
  line: number;
  existing: Account | undefined;
  userName: string;
  displayName: string;
  departmentId: string;
  /** Address for notices about work; '' for none. */
  email: string;
  grants: Grant[];
  disabled: boolean;
}

/** Roles in words: `承办人`, and where held elsewhere `承办人@青澜市/市交通局`; several are parted by semicolons. */
function rolesText(grants: readonly Grant[], homeId: string, paths: DepartmentPaths, language: Language): string {
  return [...grants]
    .sort(
      (a, b) => staffRoles.indexOf(a.role) - staffRoles.indexOf(b.role) || (a.departmentId < b.departmentId ? -1 : 1),
    )
    .map(({ role, departmentId }) =>
      departmentId === homeId
        ? roleWords(role, language)
        : `${roleWords(role, language)}@${paths.textOf(departmentId)}`,
    )
    .join('; ');
}

type Stored = Pick<Account, 'userName' | 'displayName' | 'departmentId' | 'email' | 'grants' | 'disabled'>;

/** What is stored of an account, in words, by column. */
export function accountCells(account: Stored, paths: DepartmentPaths, language: Language): Record<string, string> {
  return {
    userName: account.userName,
    displayName: account.displayName,
    department: paths.textOf(account.departmentId),
    workEmail: account.email ?? '',
    roles: rolesText(account.grants, account.departmentId, paths, language),
    state: translate(language, `identity.states.${account.disabled ? 'disabled' : 'active'}`),
  };
}

function readRoles(text: string, homeId: string, paths: DepartmentPaths): Grant[] | string {
  const grants: Grant[] = [];
  for (const part of text.split(/[;；\n]/).map((one) => one.trim())) {
    if (part === '') continue;
    const [word = '', place] = part.split('@').map((one) => one.trim());
    const role = codeOf<StaffRole>(word, staffRoles, 'identity.roles');
    const departmentId = place === undefined ? homeId : paths.find(place)?.id;
    if (!role || !departmentId) return part;
    if (!grants.some((held) => held.role === role && held.departmentId === departmentId))
      grants.push({ role, departmentId });
  }
  return grants;
}

/** Takes a row and the account of that name, if there is one; gives what the row says, or what is wrong with it. */
export async function readAccountEntry(
  { line, cells }: SheetRow,
  existing: Account | undefined,
  paths: DepartmentPaths,
  language: Language,
): Promise<AccountEntry | Fault[]> {
  const stored = existing ? accountCells(existing, paths, language) : {};
  const cell = (column: string): string => cells[column] ?? stored[column] ?? '';
  const faults: Fault[] = [];
  const departmentId = paths.find(cell('department'))?.id;
  if (!departmentId) {
    faults.push({ line, column: 'department', told: { key: 'organization.errors.no-department' } });
  }
  let fields = { userName: '', displayName: '', email: '' };
  faults.push(
    ...(await faultsOf(
      line,
      () => {
        const typed = {
          userName: cell('userName'),
          displayName: cell('displayName'),
          departmentId: departmentId ?? 'none',
          email: cell('workEmail'),
        };
        fields = parse(newAccountSchema, typed);
      },
      null,
      { email: 'workEmail' },
    )),
  );
  const grants = readRoles(cell('roles'), departmentId ?? '', paths);
  if (typeof grants === 'string' && departmentId) {
    faults.push({ line, column: 'roles', told: { key: 'transfer.errors.unknown-role', params: { text: grants } } });
  }
  const state =
    cell('state') === ''
      ? existing?.disabled
        ? 'disabled'
        : 'active'
      : codeOf(cell('state'), states, 'identity.states');
  if (!state) {
    const known = states.map((one) => translate(language, `identity.states.${one}`)).join(' / ');
    faults.push({ line, column: 'state', told: { key: 'transfer.errors.unknown-word', params: { known } } });
  }
  if (faults.length > 0 || !departmentId || typeof grants === 'string') return faults;
  const { userName, displayName, email } = fields;
  return { line, existing, userName, displayName, departmentId, email, grants, disabled: state === 'disabled' };
}
