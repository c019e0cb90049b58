import type { CardColour, Satisfaction } from './letter.ts';
import type { Doer } from './trailRecord.ts';

export interface Card {
  id: string;
  colour: CardColour;
  at: Date;
  by: Doer;
  departmentId: string;
  departmentName: string;
  /** Where the department stands in the tree: who answers for it, also when the letter went elsewhere. */
  path?: readonly string[];
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
  path?: readonly string[];
  answer: { text: string; at: Date; by: Doer } | null;
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
