import type { LetterFacts } from '../mailbox/index.ts';
import { cityZone } from '../kernel/time.ts';

/** One letter of the open data 开放数据: everything the public figures are made of, and nothing else. */
export interface OpenRow {
  department: string;
  departmentId: string;
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
}

const minutes = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: cityZone });
/** A moment as the open data write it: sorts and compares as text. */
export const cityMinute = (at: Date | null): string => (at ? minutes.format(at) : '');

/** Gives the row of a letter's frozen facts; names of departments are those of today. */
export function openRow(facts: LetterFacts, names: ReadonlyMap<string, string>): OpenRow {
  const { departmentId } = facts;
  return {
    departmentId: departmentId ?? '',
    department: (departmentId && names.get(departmentId)) || facts.departmentName,
    kind: facts.kind,
    box: facts.box,
    valid: facts.valid,
    received: cityMinute(facts.receivedAt).slice(0, 10),
    due: facts.state === 'withdrawn' ? '' : cityMinute(facts.answerDueAt),
    replied: cityMinute(facts.repliedAt),
    onTime: facts.onTime,
    handlingDays: facts.handlingDays,
    satisfaction: facts.satisfaction ?? '',
    solved: facts.solved,
  };
}
