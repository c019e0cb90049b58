import type { StageClock } from '../kernel/clock.ts';
import type { Language } from '../kernel/language.ts';
import type { Finding } from '../kernel/redaction.ts';
import type { StageFact } from './clocks.ts';
import type {
  Box,
  CardColour,
  Channel,
  LetterKind,
  LetterState,
  Mark,
  Procedure,
  Satisfaction,
  Urgency,
  Visibility,
} from './letter.ts';
import type { Notice } from './notice.ts';
import type { LetterVerb } from './transitions.ts';

/** Who did something. Citizens stand without a name: theirs lies sealed apart. */
export interface Doer {
  kind: 'staff' | 'writer' | 'system';
  id: string;
  name: string;
}

/** One line of the trail 流转记录. */
export interface TrailEntry {
  id: string;
  verb: LetterVerb;
  at: Date;
  by: Doer;
  from: LetterState;
  to: LetterState;
  /** What was said, for those who work on the letter. */
  note?: string;
  /** Values a sentence about it needs: names of departments, deadlines. */
  data?: Record<string, string | number | null>;
}

/** A department and its place in the tree at that moment. */
export interface Place {
  departmentId: string;
  path: string[];
  name: string;
}

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
  state: 'asked' | 'granted' | 'refused';
  round: number;
  amount: number;
  reason: string;
  askedAt: Date;
  askedBy: Doer;
  decidedAt: Date | null;
  remark: string;
}

export interface Card {
  id: string;
  colour: CardColour;
  at: Date;
  by: Doer;
  departmentId: string;
  departmentName: string;
  reason: string;
  /** Deadline that was near or missed; null for cards given by hand. */
  dueAt: Date | null;
  appeal: { text: string; at: Date; by: Doer; answer: { text: string; at: Date; by: Doer } | null } | null;
  withdrawn: { reason: string; at: Date; by: Doer } | null;
}

/** A supervision order 督办单. */
export interface Order {
  id: string;
  at: Date;
  by: Doer;
  reason: string;
  departmentId: string;
  departmentName: string;
  answer: { text: string; at: Date; by: Doer } | null;
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

/** A telephone re-survey 电话回访; stands apart from the writer's own rating. */
export interface Resurvey {
  id: string;
  sample: string;
  reached: boolean;
  satisfaction: Satisfaction | null;
  solved: boolean | null;
  note: string;
  at: Date;
  by: Doer;
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

/** What statistics read; written once when it happens, never computed again. */
export interface Facts {
  valid: boolean;
  receivedAt: Date;
  acceptedAt: Date | null;
  answerDueAt: Date | null;
  /** Release of the first reply, and whether that was in time. */
  repliedAt: Date | null;
  onTime: boolean | null;
  /** Working days from acceptance to the first release, without the time the writer owed an answer. */
  handlingDays: number | null;
  departmentId: string | null;
  departmentName: string;
  extended: boolean;
  returns: number;
  satisfaction: Satisfaction | null;
  solved: boolean | null;
  ratedAt: Date | null;
  rehandled: boolean;
  stages: StageFact[];
}

/** A letter 信件. */
export interface Letter {
  _id: string;
  number: string;
  kind: LetterKind;
  box: Box;
  channel: Channel;
  urgency: Urgency;
  procedure: Procedure;
  subject: string;
  title: string;
  body: string;
  /** Uploads sent along. */
  attachments: string[];
  state: LetterState;
  /** The city owes the next step. */
  open: boolean;
  visibility: Visibility;
  /** What the writer wants: may it be published at all. */
  mayPublish: boolean;
  /** Account of the writer, if they have one; their name and ways to reach them lie sealed apart. */
  writerId: string | null;
  language: Language;
  codeHash: string;
  /** Makes the same form sent twice one letter. */
  formKeyHash: string;
  /** Clerks of this department alone keep the letter; empty: the secretariat. */
  ownerPath: string[];
  wishedDepartmentId: string | null;
  lead: Place | null;
  /** Where it was before, when passed up or down; the first is the department it was assigned to. */
  passedFrom: Place[];
  handler: Doer | null;
  signedAt: Date | null;
  assisting: Assistance[];
  round: number;
  clocks: StageClock[];
  /** Clocks of earlier rounds and of departments that returned the letter. */
  pastClocks: StageClock[];
  /** The next deadline of the city; null while none runs. */
  dueAt: Date | null;
  draft: { text: string; at: Date; by: Doer } | null;
  signature: { at: Date; by: Doer } | null;
  remarks: { text: string; at: Date; by: Doer }[];
  replies: Reply[];
  inquiries: Inquiry[];
  extension: Extension | null;
  cards: Card[];
  orders: Order[];
  urges: { at: Date; by: Doer; note: string }[];
  /** Which timed steps are done: `yellow 2026-10-09T09:00:00.000Z`. */
  timed: string[];
  marks: Mark[];
  rating: Rating | null;
  pastRatings: Rating[];
  rehandling: Rehandling | null;
  resurveys: Resurvey[];
  publicVersion: PublicVersion | null;
  publishedAt: Date | null;
  duplicateOf: string | null;
  topicId: string | null;
  declineReason: string;
  submittedAt: Date;
  repliedAt: Date | null;
  closedAt: Date | null;
  /** When the writer is reminded to rate, and when the letter closes by itself. */
  ratingReminderAt: Date | null;
  closeAt: Date | null;
  facts: Facts;
  trail: TrailEntry[];
  outbox: Notice[];
  /** When the oldest notice in the outbox is to be sent; absent when it is empty. */
  outboxAt: Date | null;
  /** Grows with each write; what was computed from an older one is not written. */
  version: number;
  /** Moment of the last write by the machine's clock, for lists that follow. */
  changedAt: Date;
}
