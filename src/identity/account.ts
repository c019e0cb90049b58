import type { StaffRole } from '../kernel/actor.ts';
import { z } from 'zod';
import type { Language } from '../kernel/language.ts';
import { say } from '../kernel/parse.ts';

/** A role held in a department, as stored; the path follows from the tree. */
export interface Grant {
  role: StaffRole;
  departmentId: string;
}

/** A second factor 两步验证: an app that shows a new code every 30 seconds, and codes for when the app is lost. */
export interface SecondFactor {
  /** The secret shared with the app, encrypted for this account. */
  sealed: string;
  setUpAt: Date;
  /** Number of the last half minute whose code was used; it and everything before is void. */
  lastStep: number;
  /** Fingerprints of the recovery codes 备用码 that are left. */
  recovery: string[];
}

/** An official's account 工作人员账号. */
export interface Account {
  _id: string;
  userName: string;
  displayName: string;
  /** The department the person belongs to; roles may be held elsewhere as well. */
  departmentId: string;
  /** Address for notices about work; absent or empty: none. */
  email?: string;
  passwordHash: string;
  grants: Grant[];
  secondFactor: SecondFactor | null;
  disabled: boolean;
  mustChangePassword: boolean;
  /** Until when a password set by an administrator opens the door; null for one's own password. */
  oneTimeUntil: Date | null;
  /** Belongs to the demonstration city: one click signs in, in demo mode only. */
  demo: boolean;
  lastSignInAt: Date | null;
  /** The language of the page they last signed in with, to write to them; absent: never signed in. */
  language?: Language;
  createdAt: Date;
  /** Grows with each change; an administrator's change is refused when another came first. */
  revision: number;
}

/** Schema of a user name: 3 to 32 small letters, digits, dots, hyphens; what is typed in capitals is made small. */
export const userNameSchema = z
  .string(say('errors.required'))
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9.-]{2,31}$/, say('identity.errors.user-name'));

/** True when both name the same role in the same department. */
export const sameGrant = (a: Grant, b: Grant): boolean => a.role === b.role && a.departmentId === b.departmentId;
