import type { LetterFacts } from '../mailbox/index.ts';
import { cityZone } from '../kernel/time.ts';

/** One letter of the open data 开放数据: everything the public figures are made of, and nothing else. */
export interface OpenRow {
  /** Not published: leads officials from a number to its letters. */
  letterId: string;
  department: string;
  departmentId: string;
  /** The group the department is ranked in. */
  league: string;
  kind: string;
  box: string;
  /** False for declined and repeated letters. */
  valid: boolean;
  /** `2026-10-13` */
  received: string;
  /** `2026-10-13 17:00:00` in the city's time; empty: not decided yet. */
  due: string;
  /** First substantive reply; empty: none yet. */
  replied: string;
  /** Replied at or before the deadline as it was frozen; null while there is no reply. */
  onTime: boolean | null;
  /** Working days from acceptance to the reply, without the time the writer owed an answer. */
  handlingDays: number | null;
  satisfaction: string;
  solved: boolean | null;
  /** Days of the cards that stand, with a blank between. */
  yellowCards: string;
  redCards: string;
  extended: boolean;
  /** How often a department returned it. */
  returns: number;
  rehandled: boolean;
}

const seconds = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: cityZone });
/** A moment as the open data write it, to the second by which lateness is judged: sorts and compares as text. */
export const citySecond = (at: Date | null): string => (at ? seconds.format(at) : '');
const cityDate = (at: Date): string => citySecond(at).slice(0, 10);

/** What a department is called and ranked in today. */
export type Named = ReadonlyMap<string, { name: string; league: string }>;

/** The row with what its department is called and ranked in today. */
export function named(row: OpenRow, departments: Named): OpenRow {
  const known = departments.get(row.departmentId);
  return known ? { ...row, department: known.name, league: known.league } : row;
}

/** Gives the row of a letter's frozen facts, with the name its department had then. */
export function openRow(facts: LetterFacts): OpenRow {
  const cards = (colour: 'yellow' | 'red') =>
    facts.cards
      .filter((card) => card.colour === colour)
      .map(({ at }) => cityDate(at))
      .join(' ');
  return {
    letterId: facts.id,
    departmentId: facts.departmentId ?? '',
    department: facts.departmentName,
    league: 'none',
    kind: facts.kind,
    box: facts.box,
    valid: facts.valid,
    received: cityDate(facts.receivedAt),
    due: facts.state === 'withdrawn' ? '' : citySecond(facts.answerDueAt),
    replied: citySecond(facts.repliedAt),
    onTime: facts.onTime,
    handlingDays: facts.handlingDays,
    satisfaction: facts.satisfaction ?? '',
    solved: facts.solved,
    yellowCards: cards('yellow'),
    redCards: cards('red'),
    extended: facts.extended,
    returns: facts.returns,
    rehandled: facts.rehandled,
  };
}
