import { cityMoment } from '../kernel/calendar.ts';

/** From the first moment of a month `2026-09` to the first after another (or the same), in the city's time. */
export function monthRange(first: string, last = first): { from: Date; until: Date } {
  const [year = 0, month = 1] = last.split('-').map(Number);
  const next = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
  return { from: cityMoment(`${first}-01`, '00:00'), until: cityMoment(`${next}-01`, '00:00') };
}
