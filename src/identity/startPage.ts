import type { Actor } from '../kernel/actor.ts';

/** What a feature shows on the office's start page: work that waits for this person, the most urgent first. */
export interface StartSection {
  title: string;
  /** Said when there is nothing. */
  empty: string;
  count: number;
  /** The one list in which all of it stands; empty when it stands in several. */
  href: string;
  links: readonly { href: string; text: string; count: number }[];
  rows: readonly {
    href: string;
    title: string;
    status: { tone: string; text: string } | null;
    notes: readonly string[];
  }[];
}
type Contribution = (actor: Actor) => Promise<readonly StartSection[]>;

const contributions: Contribution[] = [];

/** Lets a feature say what waits for a person. */
export function showAtStart(contribution: Contribution): void {
  contributions.push(contribution);
}

/** Everything that waits for a person, feature by feature. */
export async function startSections(actor: Actor): Promise<StartSection[]> {
  return (await Promise.all(contributions.map((contribution) => contribution(actor)))).flat();
}
