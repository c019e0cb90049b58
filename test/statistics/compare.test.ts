import { describe, expect, it } from '@jest/globals';
import { type Order, ordered } from '../../src/statistics/compare.ts';
import type { Standing } from '../../src/statistics/queries.ts';

const share = (part: number, whole: number) => ({ part, whole });
function standing(name: string, part: number, whole: number, mean: number | null): Standing {
  const all = share(part, whole);
  const figures = {
    received: whole,
    valid: whole,
    reply: all,
    onTime: all,
    satisfaction: all,
    rating: all,
    solved: all,
    handling: { mean, median: mean, p90: mean, count: whole },
    cards: { yellow: 0, red: 0 },
  };
  return { department: { id: name, name }, figures, score: null, rank: null } as unknown as Standing;
}
const list = [
  standing('none', 0, 0, null),
  standing('one letter', 1, 1, 0.5),
  standing('good', 18, 20, 3),
  standing('best', 19, 20, 4),
  standing('best of more', 38, 40, 2),
];
const names = (by: Order) => ordered(list, by, 10).map(({ department }) => department.name);

describe('departments in an order', () => {
  it.each(['reply', 'on-time', 'satisfaction', 'solved'] as const)(
    'by %s: the best first, of equals the one with more letters; too few behind, none last',
    (by) => expect(names(by)).toEqual(['best of more', 'best', 'good', 'one letter', 'none']),
  );
  it('by days: the quickest first', () =>
    expect(names('days')).toEqual(['best of more', 'good', 'best', 'one letter', 'none']));
  it('by score: as they were ranked', () => expect(names('score')).toEqual(list.map((one) => one.department.name)));
});
