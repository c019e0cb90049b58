import type { StageClock } from '../kernel/clock.ts';
import type { Language } from '../kernel/language.ts';
import type { StageFact } from './clocks.ts';
import type {
  Box,
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
import type { Assistance, Extension, Inquiry, PublicVersion, Rating, Rehandling, Reply } from './answerRecord.ts';
import type { Card, Order, Resurvey } from './supervisionRecord.ts';
import type { Doer, Place, TrailEntry } from './trailRecord.ts';

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

/** A reply as somebody saved it 拟稿. */
export interface Draft {
  text: string;
  at: Date;
  by: Doer;
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
  /** Where that deadline would be, were it counted today: free days were announced since. Nothing is late before it. */
  laterDueAt?: Date | null;
  draft: Draft | null;
  /** Drafts of the present round that somebody else's took the place of, newest first; bounded. */
  formerDrafts?: Draft[];
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
