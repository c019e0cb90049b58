import { departmentsHolding } from '../../identity/index.ts';
import type { Language } from '../../kernel/language.ts';
import { departmentOptions, type Department } from '../../organization/index.ts';
import type { Say } from './words.ts';

type Placed = Pick<Department, 'path'>;

/** Says of departments whether anybody there can sign in and work on letters; roles hold below their place too. */
export async function staffedDepartments(): Promise<(department: Placed) => boolean> {
  const held = new Set([...(await departmentsHolding('handler')), ...(await departmentsHolding('head'))]);
  return ({ path }) => path.some((id) => held.has(id));
}

/** Departments to give a letter to, with a word beside those in which nobody could receive it. */
export async function recipientOptions(departments: readonly Department[], language: Language, say: Say) {
  const isStaffed = await staffedDepartments();
  const options = departmentOptions(departments, language);
  return options.map(({ value, label }, index) => {
    const department = departments[index];
    return {
      value,
      label: department && !isStaffed(department) ? say('hints.unstaffed', { department: label }) : label,
    };
  });
}
