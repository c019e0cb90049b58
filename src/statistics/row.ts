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
  /** `2026-10-13 17:00` in the city's time; empty: not decided yet. */
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

const minutes = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: cityZone });
/** A moment as the open data write it: sorts and compares as text. */
export const cityMinute = (at: Date | null): string => (at ? minutes.format(at) : '');
const cityDate = (at: Date): string => cityMinute(at).slice(0, 10);

/** What a department is called and ranked in today. */
export type Named = ReadonlyMap<string, { name: string; league: string }>;

/** Gives the row of a letter's frozen facts; names of departments are those of today. */
export function openRow(facts: LetterFacts, departments: Named): OpenRow {
  const { departmentId } = facts;
  const known = departmentId ? departments.get(departmentId) : undefined;
  const cards = (colour: 'yellow' | 'red') =>
    facts.cards
      .filter((card) => card.colour === colour)
      .map(({ at }) => cityDate(at))
      .join(' ');
  return {
    letterId: facts.id,
    departmentId: departmentId ?? '',
    department: known?.name ?? facts.departmentName,
    league: known?.league ?? 'none',
    kind: facts.kind,
    box: facts.box,
    valid: facts.valid,
    received: cityDate(facts.receivedAt),
    due: facts.state === 'withdrawn' ? '' : cityMinute(facts.answerDueAt),
    replied: cityMinute(facts.repliedAt),
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
