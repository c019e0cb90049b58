import type { Actor } from '../../kernel/actor.ts';
import { forbidden, type Refusal } from '../../kernel/errors.ts';
import type { Row } from '../../live/index.ts';
import type { Asker } from '../asker.ts';
import type { Doer } from '../interviewModel.ts';

/** Reasons for a ban 禁言; `other` needs words of their own. */
export const banReasons = [
  'attacks', // 辱骂、攻击他人
  'advertising', // 反复发布广告
  'flooding', // 刷屏
  'unlawful', // 发布违法内容
  'other',
] as const;
export type BanReason = (typeof banReasons)[number];

/** Somebody who may not ask or support in this interview any more; they may read, and rate it afterwards. */
export interface Ban {
  id: string;
  /** The visitor's device, and the citizen it turned out to be. Never shown. */
  personIds: string[];
  /** As everybody sees them. */
  asker: Asker;
  reason: BanReason;
  note: string;
  by: Doer;
  at: Date;
}
interface Banning {
  bans?: readonly Ban[];
  bansRevision?: number;
}

/** The ban of this person here, if there is one. */
export function banOf({ bans }: Banning, personId: string): Ban | undefined {
  return bans?.find(({ personIds }) => personIds.includes(personId));
}

/** What a banned person meets when they ask or support, with the reason; null for everybody else. */
export function banRefusal(interview: Banning, personId: string): Refusal | null {
  const ban = banOf(interview, personId);
  return ban ? forbidden(`interview-guard.banned.${ban.reason}`, { note: ban.note }) : null;
}

const rowId = 'ban';

/** For the person alone: that they are banned and why, or that they are not any more. */
export function ownBanRow(interview: Banning, personId: string): Row {
  const ban = banOf(interview, personId);
  const row = { id: rowId, kind: 'ban', revision: interview.bansRevision ?? 0 };
  return ban ? { ...row, reason: ban.reason, note: ban.note, at: ban.at.toISOString() } : { ...row, gone: true };
}

/** Who is banned, for the desks: by name and tag as in public, never by identifier. */
export function bansRow(interview: Banning): Row {
  const bans = (interview.bans ?? []).map(({ id, asker, reason, note, by, at }) => ({
    id,
    asker,
    reason,
    note,
    by: by.name,
    at: at.toISOString(),
  }));
  return { id: 'bans', kind: 'bans', revision: interview.bansRevision ?? 0, bans };
}

/** What of this a person's page shows. */
export function banView(interview: Banning, actor: Actor) {
  const ban = banOf(interview, actor.id);
  return ban ? { reason: ban.reason, note: ban.note } : null;
}
