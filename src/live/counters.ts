import type { News } from './news.ts';
import type { Counters } from './room.ts';

/** The latest value of every counter, and which of them not everybody was told. */
export interface Counting {
  readonly counters: Counters;
  readonly counterNews: News;
}

/** Between the name of a group and a key in it; neither holds a space. */
const within = ' ';

/** Takes the latest values; groups (`votes`) are merged by their keys. What stays as it is is no news. */
export function takeValues({ counters, counterNews }: Counting, values: Counters): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'number') {
      if (counters[name] !== value) counterNews.add(name);
      counters[name] = value;
      continue;
    }
    const there = counters[name];
    const group = typeof there === 'object' ? there : (counters[name] = {});
    for (const [key, count] of Object.entries(value)) {
      if (group[key] !== count) counterNews.add(name + within + key);
      group[key] = count;
    }
  }
}

/** The counters that changed after the room's clock stood at `seen`, with their values of now. */
export function countersAfter({ counters, counterNews }: Counting, seen: number): Counters {
  const told: Counters = {};
  for (const place of counterNews.since(seen)) {
    const [name = '', key] = place.split(within);
    const value = counters[name];
    if (value === undefined) continue;
    if (key === undefined || typeof value === 'number') told[name] = value;
    else Object.assign((told[name] ??= {}), { [key]: value[key] });
  }
  return told;
}
