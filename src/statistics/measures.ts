import type { OpenRow } from './row.ts';

/** Months `2026-01` to `2026-11`, both included. */
export interface Months {
  from: string;
  until: string;
}

/** Some months, and the second up to which things are counted. */
export interface Period extends Months {
  /** `2026-11-22 12:00:00`: what falls due later is not due yet. */
  cutoff: string;
}

/** A share with what it is made of. */
export interface Share {
  part: number;
  whole: number;
}

/** The declared measures 指标; each is recomputed from rows of the open data alone. */
export interface Figures {
  /** 收到: letters that came in in the period. */
  received: number;
  /** 有效信件: received − repeated − declined. */
  valid: number;
  /** 答复率: of the valid letters that fell due or were answered before that in the period, those with a reply. */
  reply: Share;
  /** 按时办结率: of the valid letters that fell due in the period, those replied at or before the deadline. */
  onTime: Share;
  /** 办理时长: working days of the valid letters first answered in the period. */
  handling: { mean: number | null; median: number | null; p90: number | null; count: number };
  /** 满意率: satisfied and fairly satisfied of the rated; 参评率: rated of the answered. */
  satisfaction: Share;
  rating: Share;
  /** 解决率: said “solved” of those who answered that question. */
  solved: Share;
  /** 黄牌 红牌: cards of the period that stand. */
  cards: { yellow: number; red: number };
}

const inMonths = (moment: string, { from, until }: Months): boolean =>
  moment !== '' && moment.slice(0, 7) >= from && moment.slice(0, 7) <= until;
const dates = (text: string): string[] => (text === '' ? [] : text.split(' '));

/** When a letter counts as owed: when it was answered, at the latest when it fell due. One moment, so one month. */
function owedAt({ due, replied }: OpenRow): string {
  if (due === '' || replied === '') return due || replied;
  return replied < due ? replied : due;
}

/** True when something of the letter counts in these months. */
export const countsIn = (row: OpenRow, months: Months): boolean =>
  inMonths(row.received, months) ||
  inMonths(row.due, months) ||
  inMonths(row.replied, months) ||
  [...dates(row.yellowCards), ...dates(row.redCards)].some((date) => inMonths(date, months));

/** The letters behind every number 数字背后的信件: whoever counts a set gets the figure. */
export function setsOf(rows: readonly OpenRow[], period: Period) {
  const { cutoff } = period;
  const received = rows.filter((row) => inMonths(row.received, period));
  const valid = rows.filter((row) => row.valid);
  const hasReply = (row: OpenRow) => row.replied !== '' && row.replied <= cutoff;
  const due = valid.filter((row) => inMonths(row.due, period) && row.due <= cutoff);
  const answered = valid.filter((row) => inMonths(row.replied, period) && hasReply(row));
  const owed = valid.filter((row) => inMonths(owedAt(row), period) && owedAt(row) <= cutoff);
  const rated = answered.filter((row) => row.satisfaction !== '');
  const said = answered.filter((row) => row.solved !== null);
  const carded = (colour: 'yellowCards' | 'redCards') =>
    rows.filter((row) => dates(row[colour]).some((date) => inMonths(date, period)));
  return {
    received,
    valid: received.filter((row) => row.valid),
    owed,
    replied: owed.filter(hasReply),
    unanswered: owed.filter((row) => !hasReply(row)),
    due,
    'on-time': due.filter((row) => row.onTime === true),
    late: due.filter((row) => row.onTime !== true),
    answered,
    rated,
    satisfied: rated.filter((row) => row.satisfaction !== 'dissatisfied'),
    dissatisfied: rated.filter((row) => row.satisfaction === 'dissatisfied'),
    said,
    solved: said.filter((row) => row.solved),
    yellow: carded('yellowCards'),
    red: carded('redCards'),
  } satisfies Record<string, OpenRow[]>;
}
export type SetName = keyof ReturnType<typeof setsOf>;

/** Measures a period over rows of the open data. */
export function measure(rows: readonly OpenRow[], period: Period): Figures {
  const sets = setsOf(rows, period);
  const share = (part: SetName, whole: SetName): Share => ({ part: sets[part].length, whole: sets[whole].length });
  const days = sets.answered.flatMap((row) => (row.handlingDays === null ? [] : [row.handlingDays]));
  days.sort((one, other) => one - other);
  const cards = (colour: 'yellowCards' | 'redCards') =>
    rows.flatMap((row) => dates(row[colour])).filter((date) => inMonths(date, period)).length;
  return {
    received: sets.received.length,
    valid: sets.valid.length,
    reply: share('replied', 'owed'),
    onTime: share('on-time', 'due'),
    handling: { mean: mean(days), median: percentile(days, 0.5), p90: percentile(days, 0.9), count: days.length },
    satisfaction: share('satisfied', 'rated'),
    rating: share('rated', 'answered'),
    solved: share('solved', 'said'),
    cards: { yellow: cards('yellowCards'), red: cards('redCards') },
  };
}

/** The average, to one decimal; null of none. */
export const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.round((10 * values.reduce((sum, one) => sum + one, 0)) / values.length) / 10;

/** The smallest value that at least this part of the sorted values does not exceed (nearest rank); null of none. */
export function percentile(sorted: readonly number[], part: number): number | null {
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null;
}

/** The months of a period, first to last. */
export function monthsOf({ from, until }: Pick<Period, 'from' | 'until'>): string[] {
  const months: string[] = [];
  for (let month = from; month <= until && months.length < 60; month = nextMonth(month)) months.push(month);
  return months;
}

/** `2026-12` → `2027-01`; with a negative count earlier months. */
export function nextMonth(month: string, count = 1): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
