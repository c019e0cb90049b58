import { departmentById } from './tree.ts';

/** Where a department gets its notices 单位通知邮箱; undefined when it has no address of its own: its queues tell it. */
export async function departmentAddress(departmentId: string | null): Promise<string | undefined> {
  if (departmentId === null) return undefined;
  return (await departmentById(departmentId))?.email || undefined;
}
