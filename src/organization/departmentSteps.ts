import type { Actor } from '../kernel/actor.ts';
import { conflict } from '../kernel/errors.ts';
import type { Step } from '../transfer/index.ts';
import { createDepartment } from './actions/createDepartment.ts';
import { moveDepartment } from './actions/moveDepartment.ts';
import { renameDepartment } from './actions/renameDepartment.ts';
import { reopenDepartment } from './actions/reopenDepartment.ts';
import { retireDepartment } from './actions/retireDepartment.ts';
import { setDepartmentAddress } from './actions/setDepartmentAddress.ts';
import type { DepartmentEntry } from './departmentSheet.ts';

/** The actions that make the tree what the table says; each is allowed, checked and recorded as if done by hand. */
export function departmentSteps(
  actor: Actor,
  entries: readonly DepartmentEntry[],
  parentKeyOf: (key: string) => string | null,
): Step[] {
  const created = new Map<string, string>();
  const idOf = (key: string): string => {
    const id = key.startsWith('new:') ? created.get(key) : key;
    if (id === undefined) throw conflict('organization.errors.no-parent'); // its turn comes later
    return id;
  };
  const parentOf = (key: string) => {
    const parent = parentKeyOf(key);
    return parent === null ? '' : idOf(parent);
  };
  const steps: (Step & { rank: number })[] = [];
  const add = (rank: number, line: number, run: () => Promise<unknown>) =>
    steps.push({
      rank,
      line,
      run: async () => {
        await run();
        return undefined;
      },
    });
  for (const entry of entries) {
    const { line, key, existing, name, shortName, nameEnglish, level, league, order, email, active } = entry;
    if (!existing) {
      add(0, line, async () => {
        const parentId = parentOf(key);
        const fields = { name, shortName, nameEnglish, level, league, order, email, parentId };
        created.set(key, (await createDepartment(actor, fields)).id);
      });
    } else {
      if (active && !existing.active) add(1, line, () => reopenDepartment(actor, { id: key }));
      const renamed =
        name !== existing.name || shortName !== existing.shortName || nameEnglish !== existing.nameEnglish;
      if (renamed) add(2, line, () => renameDepartment(actor, { id: key, name, shortName, nameEnglish }));
      if (email !== (existing.email ?? '')) add(2, line, () => setDepartmentAddress(actor, { id: key, email }));
      const moved =
        parentKeyOf(key) !== existing.parentId ||
        level !== existing.level ||
        league !== existing.league ||
        order !== existing.order;
      if (moved) {
        add(3, line, () => moveDepartment(actor, { id: key, parentId: parentOf(key), level, league, order }));
      }
    }
    if (!active && (existing?.active ?? true)) add(4, line, () => retireDepartment(actor, { id: idOf(key) }));
  }
  return steps.sort((a, b) => a.rank - b.rank);
}
