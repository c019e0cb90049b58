import type { Request } from 'express';
import type { Actor } from '../kernel/actor.ts';

/** One thing somebody has going with the city. */
export interface MineRow {
  href: string;
  title: string;
  /** What it belongs to: the number of a letter, the title of an interview. */
  about: string;
  status: { tone: string; text: string };
  at: Date;
}

/** What a feature knows of one person's own things, for their account page; words are message keys. */
export interface MineSection {
  name: string;
  title: string;
  /** Said where there is nothing yet, with the way to begin. */
  empty: string;
  begin: { href: string; text: string };
  rows: readonly MineRow[];
}
export type Mine = (actor: Actor) => Promise<MineSection>;

/** Everything the person of this request has going, a section a feature; the assembly left the list with the program. */
export async function mineOf(request: Request): Promise<MineSection[]> {
  const sections = (request.app.locals['mine'] ?? []) as readonly Mine[];
  return Promise.all(sections.map((section) => section(request.actor)));
}
