import type { LetterState } from './letter.ts';
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
