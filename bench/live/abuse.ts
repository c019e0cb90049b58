import type { Arrival, LoadFigures } from './stand.ts';
import { gather, on, oneRoom, type Measured } from './modes.ts';

const people = 200;

/**
 * So many sockets are opened from one address beside people who ask and are served. The address keeps as many as the
 * setting says (2,000), the others are refused, and nobody else notices.
 */
export function abuse(sockets: number): Promise<Measured> {
  return on(120, async (stand) => {
    const room = await oneRoom(stand, 20);
    await gather(stand, room, people);
    const plan = { rooms: [room.id], seconds: 8, questionsPerSecond: 2, votesPerSecond: 20 };
    const before = await stand.crowd.ask<LoadFigures>('load', plan);
    const target = { port: stand.port, roomId: room.id, oneAddress: true };
    const attack = stand.attacker.ask<Arrival>('open', { target, people: sockets, since: 0, overMs: 5_000 });
    const amid = await stand.crowd.ask<LoadFigures>('load', plan);
    const { failures } = await attack;
    const harm = amid.missed + amid.refused + amid.unacknowledged;
    return {
      figures: {
        'sockets from one address': sockets,
        refused: failures,
        'published → everyone before, amid (p95)': `${before.everybody.p95}, ${amid.everybody.p95} ms`,
        'asked, published or supported → acknowledged before, amid (p95)': `${before.acknowledgement.p95}, ${amid.acknowledgement.p95} ms`,
        'missed, refused or unanswered of the others': harm,
      },
      line: {
        figure: `${sockets} sockets from one address within 5 s, beside ${people} people`,
        wanted: 'refused from the 2,001st on, nobody else harmed',
        measured: `${failures} refused; others ${harm} missed or refused, published → everyone p95 ${amid.everybody.p95} ms (before: ${before.everybody.p95} ms)`,
        reached: failures === Math.max(0, sockets - 2_000) && harm === 0 && amid.everybody.p95 < 1_000,
      },
    };
  });
}
