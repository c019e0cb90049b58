/** Levels of the tree 四级联动, from the top down. */
export const levels = [
  'city', // 市
  'district', // 区（县级市）
  'street', // 街道（镇）
  'community', // 社区（村）
] as const;
export type Level = (typeof levels)[number];

/** The league 组别 in which a department is compared with its equals; none for those that are not ranked. */
export const leagues = [
  'departments', // 市直部门
  'districts', // 区市
  'none', // 不参加排名
] as const;
export type League = (typeof leagues)[number];

/** A department 部门 as it is stored. Its path is not: it follows from the parents. */
export interface DepartmentRow {
  _id: string;
  name: string;
  shortName: string;
  nameEnglish: string;
  level: Level;
  league: League;
  parentId: string | null;
  order: number;
  active: boolean;
  /** Where it gets its notices 单位通知邮箱; absent or empty: nowhere. */
  email?: string;
}

/** A department with its place in the tree. */
export interface Department extends Omit<DepartmentRow, '_id'> {
  id: string;
  /** Identifiers from the root down to the department itself. */
  path: readonly string[];
  /** 0 for the root. */
  depth: number;
}

/** True when a department of `child` level may stand below one of `parent` level: never above its own rank. */
export function mayStandBelow(child: Level, parent: Level): boolean {
  return levels.indexOf(child) >= levels.indexOf(parent);
}

/**
 * Takes all rows; gives the departments in the order of the tree, each with its path.
 * Rows that hang nowhere, or in a circle, are left out: the tree never loops.
 */
export function orderTree(rows: readonly DepartmentRow[]): Department[] {
  const children = new Map<string | null, DepartmentRow[]>();
  for (const row of rows) children.set(row.parentId, [...(children.get(row.parentId) ?? []), row]);
  const ordered: Department[] = [];
  const visit = (parentId: string | null, parentPath: readonly string[]) => {
    const here = children.get(parentId) ?? [];
    here.sort((a, b) => a.order - b.order || a.name.localeCompare(b.name, 'zh-CN'));
    for (const { _id: id, ...row } of here) {
      const path = [...parentPath, id];
      ordered.push({ ...row, id, path, depth: parentPath.length });
      visit(id, path);
    }
  };
  visit(null, []);
  return ordered;
}
