import type { Step, StepInput, StepVerb } from '../transfer/index.ts';
import { createDepartment } from './actions/createDepartment.ts';
import { moveDepartment } from './actions/moveDepartment.ts';
import { renameDepartment } from './actions/renameDepartment.ts';
import { reopenDepartment } from './actions/reopenDepartment.ts';
import { retireDepartment } from './actions/retireDepartment.ts';
import { setDepartmentAddress } from './actions/setDepartmentAddress.ts';
import type { Department } from './department.ts';
import type { DepartmentEntry } from './departmentSheet.ts';
import { departmentById } from './tree.ts';

const order = ['create', 'reopen', 'rename', 'address', 'move', 'retire'] as const;

/** The actions that make the tree what the table says; each is allowed, checked and recorded as if done by hand. */
export function departmentSteps(
  entries: readonly DepartmentEntry[],
  parentKeyOf: (key: string) => string | null,
): Step[] {
  const steps: (Step & { verb: (typeof order)[number] })[] = [];
  for (const entry of entries) {
    const { line, key, existing, name, shortName, nameEnglish, level, league, email, active } = entry;
    const add = (verb: (typeof order)[number], input: StepInput = {}) =>
      steps.push({ line, verb, input: { id: key, ...input } });
    const names = { name, shortName, nameEnglish };
    const place = { parentId: parentKeyOf(key) ?? '', level, league, order: entry.order };
    if (!existing) {
      add('create', { ...names, ...place, email });
    } else {
      if (active && !existing.active) add('reopen');
      if (!has(existing, names)) add('rename', names);
      if (!has(existing, { email })) add('address', { email });
      if (!has(existing, place)) add('move', place);
    }
    if (!active && (existing?.active ?? true)) add('retire');
  }
  return steps.sort((a, b) => order.indexOf(a.verb) - order.indexOf(b.verb));
}

/** True when a department is stored with exactly these fields; `id` is not looked at. */
function has(department: Department, { id: _, ...wanted }: StepInput): boolean {
  const stored: Readonly<Record<string, unknown>> = {
    ...department,
    parentId: department.parentId ?? '',
    email: department.email ?? '',
  };
  return Object.entries(wanted).every(([name, value]) => stored[name] === value);
}

/** An action on a department, and how one sees that it is done. */
const verb = (isDone: (department: Department, input: StepInput) => boolean, run: StepVerb['run']): StepVerb => ({
  async isDone(input) {
    const department = await departmentById(String(input['id']));
    return department !== undefined && isDone(department, input);
  },
  run,
});

/** What steps of an import of departments can be. */
export const departmentVerbs: Readonly<Record<(typeof order)[number], StepVerb>> = {
  create: verb(
    () => true,
    (actor, { id, ...fields }) => createDepartment(actor, fields, String(id)),
  ),
  reopen: verb((department) => department.active, reopenDepartment),
  rename: verb(has, renameDepartment),
  address: verb(has, setDepartmentAddress),
  move: verb(has, moveDepartment),
  retire: verb((department) => !department.active, retireDepartment),
};
