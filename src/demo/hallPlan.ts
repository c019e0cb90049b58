import type { RejectReason } from '../interview/index.ts';
import { closings, matters, openings, places, refused } from './content/hall.ts';
import { seededRandom } from './random.ts';

/** One question of the hall before it is asked. */
export interface PlannedQuestion {
  text: string;
  /** Number of the citizen who asks. */
  citizen: number;
  /** Minutes before the start at which it is asked; negative while it is live. */
  ahead: number;
  supports: number;
  /** The planned question that it is merged into, by its place in the plan. */
  into?: number;
  reason?: RejectReason;
  answer?: readonly [guest: number, text: string];
}

/** Citizens of the hall have numbers from here on, so that nobody else of the demo is among them. */
const firstCitizen = 3_000_000;
const askers = 430;
/** Of a hundred: how many say the same as another one, and how many are never answered. */
const alike = 24;
const unanswered = 8;

const fill = (text: string, place: string) => text.replaceAll('{p}', place);

/** Plans so many questions, the same each time: who asks what about which place, what is alike, what is answered. */
export function planHall(count: number): PlannedQuestion[] {
  const random = seededRandom(20_261_029);
  const pick = <Item>(from: readonly Item[]): Item => from[Math.floor(random() * from.length)] as Item;
  const planned: PlannedQuestion[] = refused.map(([text, reason], index) => ({
    text,
    reason,
    citizen: firstCitizen + 900 + index,
    ahead: 600 - index * 70,
    supports: 0,
  }));
  const said = new Set<string>();
  while (planned.length < count) {
    const [matter, place] = [pick(matters), pick(places)];
    const asked = pick(matter.asked);
    const text = `${pick(openings)}${fill(asked, place)}${pick(closings)}`;
    if (said.has(text) || text.length < 12) continue;
    said.add(text);
    const root = planned.length;
    const open = random() * 100 < unanswered;
    planned.push({
      text,
      citizen: firstCitizen + Math.floor(random() * askers),
      ahead: Math.floor(random() * 9_000) - 70,
      supports: 1 + Math.floor(46 * random() ** 5) + (root % 19 === 0 ? 40 + Math.floor(random() * 60) : 0),
      ...(open ? {} : { answer: [matter.guest, fill(pick(matter.answers), place)] as const }),
    });
    if (random() * 100 >= alike / 3) continue;
    // Some neighbours say the same in other words
    for (let more = 2 + Math.floor(random() * 3); more > 0 && planned.length < count; more -= 1) {
      const other = `${pick(openings)}${fill(pick(matter.asked), place)}${pick(closings)}`;
      if (said.has(other)) continue;
      said.add(other);
      const citizen = firstCitizen + Math.floor(random() * askers);
      planned.push({ text: other, citizen, ahead: Math.floor(random() * 4_000), supports: 1, into: root });
    }
  }
  return planned;
}
