import { conflict, notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import type { Language } from '../kernel/language.ts';
import { type Department, type DepartmentRow, orderTree } from './department.ts';
import { DepartmentModel, TreeStateModel } from './departmentModel.ts';

interface Tree {
  revision: number;
  ordered: readonly Department[];
  byId: ReadonlyMap<string, Department>;
  /** English names by the full one. */
  english: ReadonlyMap<string, string>;
}
let cached: Tree | undefined;
let checkedAt = -Infinity;
const freshMs = 2000;

async function readRevision(): Promise<number> {
  return (await TreeStateModel.findById('tree', { revision: 1 }).lean())?.revision ?? 0;
}

/** The whole tree from memory; another process's change is seen within two seconds. */
async function tree(): Promise<Tree> {
  if (cached && performance.now() - checkedAt < freshMs) return cached;
  const revision = await readRevision();
  if (!cached || cached.revision !== revision || revision === 0) {
    const ordered = orderTree(await DepartmentModel.find().lean<DepartmentRow[]>());
    cached = {
      revision,
      ordered,
      byId: new Map(ordered.map((department) => [department.id, department])),
      english: new Map(ordered.map(({ name, nameEnglish }) => [name, nameEnglish])),
    };
  }
  checkedAt = performance.now();
  return cached;
}

/** Forgets the copy in memory; the next question reads the database. */
export function forgetDepartments(): void {
  cached = undefined;
}

/** Gives the department, active or not, or undefined. */
export async function departmentById(id: string): Promise<Department | undefined> {
  return (await tree()).byId.get(id);
}

/** A name as it was frozen on a record, in a language: the English one where a department of that name has one. */
export function nameInLanguage(name: string, language: Language): string {
  return (language === 'en' && cached?.english.get(name)) || name;
}

/** Gives the department or throws a 404. */
export async function requireDepartment(id: string): Promise<Department> {
  const department = await departmentById(id);
  if (!department) throw notFound('organization.errors.no-department');
  return department;
}

/** Identifiers from the root down to the department itself; empty when there is no such department. */
export async function departmentPath(id: string): Promise<readonly string[]> {
  return (await departmentById(id))?.path ?? [];
}

/** Departments in the order of the tree; `below` keeps one branch, `retired: true` shows those that ended as well. */
export async function listDepartments(
  choice: { below?: string; retired?: boolean } = {},
): Promise<readonly Department[]> {
  const { ordered } = await tree();
  return ordered.filter(
    (department) =>
      (choice.retired === true || department.active) &&
      (choice.below === undefined || department.path.includes(choice.below)),
  );
}

/**
 * Runs a change of the tree alone in the city: what `run` checked still holds when it writes, in however many
 * processes. A lock left behind by a crash ends by itself after ten seconds.
 */
export async function changeTree<Result>(run: () => Promise<Result>): Promise<Result> {
  const [at, lockedBy] = [new Date(), newId(16)];
  const lock = { $set: { lockedUntil: new Date(at.getTime() + 10_000), lockedBy }, $setOnInsert: { revision: 0 } };
  try {
    await TreeStateModel.updateOne({ _id: 'tree', lockedUntil: { $lte: at } }, lock, { upsert: true });
  } catch (error) {
    if ((error as { code?: unknown }).code === 11000) throw conflict('organization.errors.tree-busy');
    throw error;
  }
  try {
    forgetDepartments();
    return await run();
  } finally {
    await TreeStateModel.updateOne({ _id: 'tree' }, { $inc: { revision: 1 } });
    // Only one's own: a change that took longer than its lock must not open the door of the next
    await TreeStateModel.updateOne({ _id: 'tree', lockedBy }, { $set: { lockedUntil: at } });
    forgetDepartments();
  }
}
