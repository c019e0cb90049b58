import type { Language } from './language.ts';

/** Roles an account holds inside one department (or, for the secretariat's own, the whole city). */
export const staffRoles = [
  'administrator', // 系统管理员: departments, accounts, settings
  'clerk', // 信件管理员: the secretariat's desk
  'supervisor', // 督办员: reads, urges, issues cards
  'head', // 部门负责人: signs off in one department
  'handler', // 承办人: works in one department
] as const;
export type StaffRole = (typeof staffRoles)[number];

/** One role held in one department and everything below it in the tree. */
export interface RoleGrant {
  role: StaffRole;
  departmentId: string;
  /** Identifiers from the root of the tree down to the department itself. */
  departmentPath: readonly string[];
}

interface Caller {
  language: Language;
  /** Ties log lines and audit entries of one request together. */
  requestId: string;
}

/** A guest 游客: known by a signed device cookie only. */
export interface Guest extends Caller {
  kind: 'guest';
  id: string;
  nickname: string | null;
}
/** A verified citizen 实名/已验证公众: proved a channel (e-mail) with a code. */
export interface Citizen extends Caller {
  kind: 'citizen';
  id: string;
  nickname: string;
}
/** An official 工作人员 who signed in. */
export interface Staff extends Caller {
  kind: 'staff';
  id: string;
  name: string;
  roles: readonly RoleGrant[];
}
/** Timed jobs, seeds and scripts. */
export interface SystemActor extends Caller {
  kind: 'system';
  id: 'system';
}

export type Member = Guest | Citizen;
export type Actor = Member | Staff | SystemActor;

/** Gives the actor for timed jobs and scripts; `requestId` says which. */
export function systemActor(requestId: string, language: Language = 'zh-CN'): SystemActor {
  return { kind: 'system', id: 'system', language, requestId };
}

/** True when the actor holds one of the roles anywhere in the city. */
export function hasRole(actor: Actor, ...roles: readonly StaffRole[]): actor is Staff {
  return actor.kind === 'staff' && actor.roles.some((grant) => roles.includes(grant.role));
}
