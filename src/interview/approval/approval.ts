import type { Actor } from '../../kernel/actor.ts';
import { mayIn } from '../../kernel/may.ts';
import { now } from '../../kernel/time.ts';
import { booleanSetting } from '../../platform/settings.ts';
import type { Doer, Interview } from '../interviewModel.ts';
import { announceDaysAhead } from '../settings.ts';

/** Where a draft stands with the secretariat 备案审批. A draft nobody submitted yet has no approval at all. */
export const approvalStates = [
  'submitted', // 待审批
  'approved', // 已通过
  'returned', // 已退回, with remarks
] as const;
export type ApprovalState = (typeof approvalStates)[number];

export interface Approval {
  state: ApprovalState;
  by: Doer;
  at: Date;
  remarks: string;
}

/** Whether departments need the secretariat's approval before they announce. */
export const approvalNeeded = booleanSetting('interview.approval-needed', { default: true });

/** The clerks of the branch approve, in the city the secretariat's; what they announce themselves needs nobody else. */
export const canApprove = (actor: Actor, { departmentPath }: Pick<Interview, 'departmentPath'>): boolean =>
  mayIn(actor, departmentPath, 'clerk');

type Draft = Pick<Interview, 'state' | 'approval' | 'departmentPath'>;

/** True when this person cannot announce the draft yet; what was laid before the secretariat is decided first, also by those who decide. */
export function lacksApproval(actor: Actor, draft: Draft): boolean {
  if (!approvalNeeded.value()) return false;
  return draft.approval ? draft.approval.state !== 'approved' : !canApprove(actor, draft);
}

/** What a change of a draft does to its approval: what was approved, or lies before the clerk, is not this any more. */
export function approvalAfterChange(actor: Actor, draft: Draft): Pick<Interview, 'approval'> {
  const { state, approval } = draft;
  const lapsed = state === 'draft' && approval && approval.state !== 'returned' && !canApprove(actor, draft);
  return { approval: lapsed ? null : (approval ?? null) };
}

/** The days that should lie between announcement and start when fewer are left, otherwise null. */
export function shortNotice({ startsAt }: Pick<Interview, 'startsAt'>): number | null {
  const daysLeft = (startsAt.getTime() - now().getTime()) / 86_400_000;
  return daysLeft < announceDaysAhead.value() ? announceDaysAhead.value() : null;
}
