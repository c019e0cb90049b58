import type { StartSection } from '../../identity/index.ts';
import { hasRole, type Actor } from '../../kernel/actor.ts';
import { translate } from '../../platform/language.ts';
import { writeDate } from '../../web/views/timeWords.ts';
import { InterviewModel, type Interview } from '../interviewModel.ts';
import { canOrganise, canOrganiseSomewhere } from '../policy.ts';
import { approvalNeeded, canApprove, lacksApproval, type ApprovalState } from './approval.ts';

export const approvalTones: Record<ApprovalState, string> = {
  submitted: 'waiting',
  approved: 'done',
  returned: 'overdue',
};

/** Where a draft stands, and what this person can do about it; null when there is nothing to say. */
export function approvalPanel(actor: Actor, interview: Interview) {
  const { approval, state } = interview;
  if (state !== 'draft' || (!approvalNeeded.value() && !approval)) return null;
  const standing = approval?.state ?? 'none';
  const decides = canApprove(actor, interview) && standing === 'submitted';
  // The secretariat's own drafts need nobody's approval
  if (standing === 'none' && !lacksApproval(actor, interview)) return null;
  return {
    standing,
    tone: approval ? approvalTones[approval.state] : 'stopped',
    by: approval?.by.name ?? '',
    at: approval?.at ?? null,
    remarks: approval?.remarks ?? '',
    decides,
    submits: !decides && canOrganise(actor, interview) && (standing === 'none' || standing === 'returned'),
    again: standing === 'returned',
    version: interview.version,
  };
}

const shown = { trail: 0, background: 0, notices: 0 } as const;

async function drafts(state: ApprovalState, mine: (interview: Interview) => boolean): Promise<Interview[]> {
  const found = await InterviewModel.find({ state: 'draft', 'approval.state': state }, shown)
    .sort({ startsAt: 1 })
    .limit(100)
    .lean<Interview[]>();
  return found.filter(mine);
}

/** For the start page: what a clerk has to approve, and what came back to an organiser. */
export async function approvalTasks(actor: Actor): Promise<StartSection[]> {
  if (!canOrganiseSomewhere(actor)) return [];
  const say = (key: string, params?: Record<string, string>) =>
    translate(actor.language, `interview-approval.${key}`, params);
  const section = (title: string, interviews: readonly Interview[]): StartSection => ({
    title: say(title),
    empty: say('start.none'),
    count: interviews.length,
    href: '/office/interviews',
    links: [],
    rows: interviews.slice(0, 8).map(({ _id, topic, departmentName, startsAt, approval }) => ({
      href: `/office/interviews/${_id}`,
      title: topic,
      status: approval ? { tone: approvalTones[approval.state], text: say(`state.${approval.state}`) } : null,
      notes: [
        departmentName[actor.language],
        say('start.starts', { when: writeDate(startsAt, 'exact', actor.language) }),
        approval?.remarks ?? '',
      ].filter(Boolean),
    })),
  });
  if (hasRole(actor, 'clerk')) {
    const waiting = await drafts('submitted', (interview) => canApprove(actor, interview));
    return [section('start.waiting', waiting)];
  }
  const returned = await drafts('returned', (interview) => canOrganise(actor, interview));
  return returned.length > 0 ? [section('start.returned', returned)] : [];
}
