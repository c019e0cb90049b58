import type { OpenRow } from './row.ts';

/** Months `2026-01` to `2026-11`, both included, and the minute up to which things are counted. */
export interface Period {
  from: string;
  until: string;
  /** `2026-11-22 12:00`: what falls due later is not due yet. */
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
  /** 答复率: of the valid letters that fell due or were answered in the period, those with a reply. */
  reply: Share;
  /** 按时办结率: of the valid letters that fell due in the period, those replied at or before the deadline. */
  onTime: Share;
  /** 办理时长: working days of the valid letters first answered in the period. */
  handling: { median: number | null; p90: number | null; count: number };
  /** 满意率: satisfied and fairly satisfied of the rated; 参评率: rated of the answered. */
  satisfaction: Share;
  rating: Share;
  /** 解决率: said “solved” of those who answered that question. */
  solved: Share;
}

const inMonths = (moment: string, { from, until }: Period): boolean =>
  moment !== '' && moment.slice(0, 7) >= from && moment.slice(0, 7) <= until;

/** Measures a period over rows of the open data. */
export function measure(rows: readonly OpenRow[], period: Period): Figures {
  const received = rows.filter((row) => inMonths(row.received, period));
  const valid = rows.filter((row) => row.valid);
  const due = valid.filter((row) => inMonths(row.due, period) && row.due <= period.cutoff);
  const answered = valid.filter((row) => inMonths(row.replied, period) && row.replied <= period.cutoff);
  const asked = new Set([...due, ...answered]);
  const rated = answered.filter((row) => row.satisfaction !== '');
  const saidSolved = answered.filter((row) => row.solved !== null);
  const days = answered.flatMap((row) => (row.handlingDays === null ? [] : [row.handlingDays]));
  days.sort((one, other) => one - other);
  return {
    received: received.length,
    valid: received.filter((row) => row.valid).length,
    reply: { part: [...asked].filter((row) => row.replied !== '').length, whole: asked.size },
    onTime: { part: due.filter((row) => row.onTime === true).length, whole: due.length },
    handling: { median: percentile(days, 0.5), p90: percentile(days, 0.9), count: days.length },
    satisfaction: { part: rated.filter((row) => row.satisfaction !== 'dissatisfied').length, whole: rated.length },
    rating: { part: rated.length, whole: answered.length },
    solved: { part: saidSolved.filter((row) => row.solved).length, whole: saidSolved.length },
  };
}

/** The smallest value that at least this part of the sorted values does not exceed (nearest rank); null of none. */
export function percentile(sorted: readonly number[], part: number): number | null {
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null;
}

/**
 * Lower bound of the Wilson interval (95 %) of a share: a few letters prove little, however well they went.
 * E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209–212. Zero of nothing.
 */
export function wilsonLower({ part, whole }: Share, z = 1.959964): number {
  if (whole === 0) return 0;
  const rate = part / whole;
  const square = (z * z) / whole;
  const middle = rate + square / 2;
  const spread = z * Math.sqrt((rate * (1 - rate)) / whole + square / (4 * whole));
  return Math.max(0, (middle - spread) / (1 + square));
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
