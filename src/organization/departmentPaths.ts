import type { Department } from './department.ts';

/** Departments as tables name them: `青澜市/海湾区/教育局`, or `#id` where a path would name two or none clearly. */
export interface DepartmentPaths {
  textOf(id: string | null): string;
  find(text: string): Department | undefined;
}

// signs that part paths, roles and identifiers in a table
const unclear = /[/;；@#\n]|^\s|\s$/;

/** Takes all departments, retired ones included. */
export function departmentPaths(all: readonly Department[]): DepartmentPaths {
  const byId = new Map(all.map((one) => [one.id, one]));
  const pathOf = (one: Department) => one.path.map((id) => byId.get(id)?.name ?? '').join('/');
  const byPath = new Map<string, Department | null>();
  for (const one of all) {
    const clear = !one.path.some((id) => unclear.test(byId.get(id)?.name ?? ''));
    if (clear) byPath.set(pathOf(one), byPath.has(pathOf(one)) ? null : one);
  }
  return {
    textOf(id) {
      const one = id === null ? undefined : byId.get(id);
      if (!one) return '';
      return byPath.get(pathOf(one)) === one ? pathOf(one) : `#${one.id}`;
    },
    find: (text) => (text.startsWith('#') ? byId.get(text.slice(1)) : (byPath.get(text) ?? undefined)),
  };
}
