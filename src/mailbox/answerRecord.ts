import type { StageClock } from '../kernel/clock.ts';
import type { Finding } from '../kernel/redaction.ts';
import type { Satisfaction } from './letter.ts';
import type { Doer, Place } from './trailRecord.ts';

/** An assisting department 会办单位. */
export interface Assistance extends Place {
  clock: StageClock;
  opinion: { text: string; at: Date; by: Doer } | null;
}

/** Something the writer was asked 补充要求, and what they answered. */
export interface Inquiry {
  id: string;
  text: string;
  at: Date;
  by: Doer;
  answer: { text: string; at: Date; attachments: string[] } | null;
}

export interface Reply {
  round: number;
  text: string;
  draftedBy: Doer;
  signedBy: Doer;
  departmentId: string;
  departmentName: string;
  releasedAt: Date;
}

export interface Extension {
  id: string;
  /** Lapsed: the letter was answered or taken back before anybody decided. */
  state: 'asked' | 'granted' | 'refused' | 'lapsed';
  round: number;
  amount: number;
  reason: string;
  askedAt: Date;
  askedBy: Doer;
  decidedAt: Date | null;
  remark: string;
}

export interface Rating {
  round: number;
  satisfaction: Satisfaction;
  solved: boolean;
  reason: string;
  at: Date;
}

export interface Rehandling {
  state: 'asked' | 'granted' | 'refused';
  reason: string;
  askedAt: Date;
  remark: string;
  decidedAt: Date | null;
}

/** The redacted text everybody may read 脱敏公开文本. The original is untouched. */
export interface PublicVersion {
  title: string;
  body: string;
  reply: string;
  /** How much of each kind was masked where; never what. */
  masked: { field: 'title' | 'body' | 'reply'; kind: Finding['kind']; count: number }[];
  at: Date;
  by: Doer;
}
