import { setImmediate as air } from 'node:timers/promises';
import type { Actor } from '../kernel/actor.ts';
import type { Message } from '../kernel/errors.ts';
import { type Fault, faultsOf, type Plan, type SheetRow } from '../transfer/index.ts';
import { mayStandBelow, type Level } from './department.ts';
import { departmentPaths } from './departmentPaths.ts';
import { type DepartmentEntry, plannedDepartment, readEntry } from './departmentSheet.ts';
import { departmentSteps } from './departmentSteps.ts';
import { canManageDepartment } from './policy.ts';
import { refuseRetirementWhileNeeded } from './retirement.ts';
import { listDepartments } from './tree.ts';

/** A department as it will be when the whole table is in. */
interface Node {
  key: string;
  name: string;
  level: Level;
  parentKey: string | null;
  active: boolean;
}

/** Takes the rows of a table; gives what importing them would do, and every rule of the tree that the result would break. */
export async function planDepartments(actor: Actor, rows: readonly SheetRow[]): Promise<Plan> {
  const all = await listDepartments({ retired: true });
  const paths = departmentPaths(all);
  const faults: Fault[] = [];
  const entries: DepartmentEntry[] = [];
  const inFile = new Map<string, DepartmentEntry>();
  for (const [index, row] of rows.entries()) {
    if (index % 20 === 0) await air(); // others are served in between
    const entry = await readEntry(row, paths, actor.language);
    if (Array.isArray(entry)) {
      faults.push(...entry);
      continue;
    }
    const path = entry.parentText ? `${entry.parentText}/${entry.name}` : entry.name;
    const twin = inFile.get(path) ?? entries.find((one) => one.key === entry.key);
    if (twin)
      faults.push({
        line: row.line,
        column: 'name',
        told: { key: 'transfer.errors.row-twice', params: { line: twin.line } },
      });
    inFile.set(path, entry);
    entries.push(entry);
  }
  const nodes = new Map<string, Node>(all.map((one) => [one.id, { ...one, key: one.id, parentKey: one.parentId }]));
  for (const entry of entries) {
    const parent = entry.parentText ? (inFile.get(entry.parentText)?.key ?? paths.find(entry.parentText)?.id) : null;
    if (parent === undefined) {
      faults.push({ line: entry.line, column: 'parent', told: { key: 'organization.errors.no-parent' } });
    }
    const { key, name, level, active } = entry;
    nodes.set(key, { key, name, level, active, parentKey: parent ?? null });
  }
  if (faults.length > 0) return { rows: [], faults, steps: [] };
  const stored = new Set(all.map((one) => one.id));
  const parentText = (key: string | null) =>
    key !== null && !stored.has(key) ? (nodes.get(key)?.name ?? '') : paths.textOf(key);
  const planned = entries.map((entry) =>
    plannedDepartment(entry, parentText(nodes.get(entry.key)?.parentKey ?? null), paths, actor.language),
  );
  const working = entries.filter((_, index) => planned[index]?.outcome !== 'unchanged');
  for (const [index, entry] of working.entries()) {
    if (index % 20 === 0) await air();
    faults.push(...(await brokenRules(actor, entry, nodes, all)));
  }
  return { rows: planned, faults, steps: departmentSteps(working, (key) => nodes.get(key)?.parentKey ?? null) };
}

/** The departments above a node, the nearest first; `undefined` when they form a circle. */
function ancestors(node: Node, nodes: ReadonlyMap<string, Node>): Node[] | undefined {
  const above: Node[] = [];
  for (let at = node; at.parentKey !== null;) {
    const next = nodes.get(at.parentKey);
    if (!next) break;
    if (next === node || above.length > 50) return undefined;
    above.push(next);
    at = next;
  }
  return above;
}

async function brokenRules(
  actor: Actor,
  { line, key, existing }: DepartmentEntry,
  nodes: ReadonlyMap<string, Node>,
  all: Awaited<ReturnType<typeof listDepartments>>,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  const wrong = (column: string | null, told: Message) => faults.push({ line, column, told });
  const say = (column: string | null, word: string) => wrong(column, { key: `organization.errors.${word}` });
  const node = nodes.get(key);
  if (!node) return faults;
  const above = ancestors(node, nodes);
  if (!above) {
    say('parent', 'circle');
    return faults;
  }
  const [parent] = above;
  const known = above.map((one) => all.find(({ id }) => id === one.key)).find((one) => one !== undefined);
  const mine =
    (!existing || canManageDepartment(actor, existing.path)) && (!known || canManageDepartment(actor, known.path));
  const movesRoot = existing?.parentId === null;
  // the root's own row has nothing above it to be administered
  if (!mine) wrong(null, { key: 'errors.forbidden' });
  if (movesRoot && parent) say('parent', 'root-stays');
  if (movesRoot && !node.active) say('state', 'root-stays');
  if (!movesRoot && !parent) say('parent', 'root-exists');
  if (parent && !parent.active && node.active) say('parent', 'no-parent');
  if (parent && !mayStandBelow(node.level, parent.level)) say('level', 'level');
  const below = [...nodes.values()].filter((one) => one.parentKey === key && one.active);
  if (below.some((one) => !mayStandBelow(one.level, node.level))) say('level', 'level');
  const twin = [...nodes.values()].some(
    (one) => one !== node && one.active && node.active && one.parentKey === node.parentKey && one.name === node.name,
  );
  if (twin) say('name', 'name-taken');
  if (existing?.active && !node.active) {
    if (below.length > 0) wrong('state', { key: 'organization.errors.has-children', params: { count: below.length } });
    else faults.push(...(await faultsOf(line, () => refuseRetirementWhileNeeded(existing.id, actor), 'state')));
  }
  return faults;
}
