import mongoose from 'mongoose';
import type { DemoSize } from '../config.ts';
import type { Feature } from '../feature.ts';
import { archiveInterview, closeInterview } from '../interview/index.ts';
import { systemActor } from '../kernel/actor.ts';
import { now } from '../kernel/time.ts';
import { logger } from '../platform/logger.ts';
import { Audience, liveHours } from './audience.ts';
import { buildCity, type DemoCity } from './city.ts';
import { accounts, demoPassword } from './content/city.ts';
import { comingInterviews, liveInterview } from './content/coming.ts';
import { pastInterviews } from './content/past.ts';
import { waitingInterview } from './content/waiting.ts';
import { openLive, resumeInterview, tellComing, tellPast, tellWaiting, type StagedInterview } from './history.ts';
import { forgetHall, tellHall } from './hall.ts';
import { beginLetters, finishLetters, type LetterFill } from './letters.ts';
import { demoPages, showAudience, showTelling } from './pages.ts';

/** What the demo city remembers between two starts. */
interface Memory {
  _id: 'demo-city';
  departments: Record<string, string>;
  accounts: Record<string, string>;
  live: string | null;
  /** The letters, and whether all of their stories are told. */
  letters: LetterFill & { told: boolean };
  /** The large past interview: how many questions, whether its story is told, and its identifier once it is begun. */
  hall?: { count: number; told: boolean; id: string | null };
}
const memory = () => mongoose.connection.collection<Memory>('demo');

export { isCrowd } from './crowd/pass.ts';

/** The demo city 演示城市: mounted only in demo mode. */
export const demo: Feature = { name: 'demo', pages: demoPages };

/** The accounts anybody may sign in with, for the words printed at the start. */
export const demoAccounts = { password: demoPassword, userNames: accounts.map(([userName]) => userName) };

/** How many letters the city has, and how many questions its large past interview; 0: it has none. */
export const demoSizes: Record<DemoSize, { letters: number; hall: number }> = {
  full: { letters: 400, hall: 600 },
  small: { letters: 40, hall: 0 },
};

async function recallCity(): Promise<DemoCity | null> {
  const kept = await memory().findOne({ _id: 'demo-city' });
  if (!kept) return null;
  return {
    actor: systemActor('demo'),
    departments: new Map(Object.entries(kept.departments)),
    accounts: new Map(Object.entries(kept.accounts)),
  };
}

/** False when the filling of the city was broken off: it has to begin anew. */
export async function isDemoCityWhole(): Promise<boolean> {
  return (await recallCity()) !== null;
}

/**
 * Fills an empty database with 青澜市; does nothing when the city is complete already. `tell` hears what is being done.
 * With `later` the finished letters are left to tellLetters(), when the city is open already.
 */
export async function fillDemoCity(
  tell: (what: string) => void,
  { letters = demoSizes.full.letters, hall = demoSizes.full.hall, later = false } = {},
): Promise<void> {
  if (await recallCity()) return;
  tell('Building the demo city 青澜市: departments, accounts, interviews, letters …');
  const city = await buildCity();
  for (const [index, script] of pastInterviews.entries()) await tellPast(city, script, 100_000 * (index + 1));
  for (const [index, script] of comingInterviews.entries()) await tellComing(city, script, 1_000_000 * (index + 1));
  await tellWaiting(city, waitingInterview, 'transport-head');
  const fill = await beginLetters(city, { count: letters, today: now() });
  if (!later) await finishLetters(city, fill, { atOnce: 8 });
  if (!later && hall > 0) await tellHall(city, hall, async () => undefined);
  await memory().insertOne({
    _id: 'demo-city', // written last: a city that was left half built is not taken for a whole one
    departments: Object.fromEntries(city.departments),
    accounts: Object.fromEntries(city.accounts),
    live: null,
    letters: { ...fill, told: !later },
    hall: { count: hall, told: !later || hall === 0, id: null },
  });
}

/** Tells the letters that are left, also after a start that was broken off. Gives the function that stops it. */
export function tellLetters(): () => Promise<void> {
  let stopped = false;
  const telling = tellLeftHall(() => stopped)
    .then(() => tellLeft(() => stopped))
    .catch((error: unknown) => {
      logger.error({ error, event: 'demo.letters' }, 'The letters of the demo city could not be told to the end');
    })
    .finally(() => showTelling(null));
  return async () => {
    stopped = true;
    await telling;
  };
}

/** Tells the large interview; what is left of a telling that was broken off goes first. */
async function tellLeftHall(stopped: () => boolean): Promise<void> {
  const [city, hall] = [await recallCity(), (await memory().findOne({ _id: 'demo-city' }))?.hall];
  if (!city || !hall || hall.told) return;
  showTelling('interview');
  if (hall.id) await forgetHall(hall.id);
  const keep = async (set: Record<string, unknown>) =>
    void (await memory().updateOne({ _id: 'demo-city' }, { $set: set }));
  const whole = await tellHall(city, hall.count, (id) => keep({ 'hall.id': id }), stopped);
  if (whole) await keep({ 'hall.told': true });
}

async function tellLeft(stopped: () => boolean): Promise<void> {
  const [city, letters] = [await recallCity(), (await memory().findOne({ _id: 'demo-city' }))?.letters];
  if (!city || !letters || letters.told) return;
  showTelling('letters');
  const whole = await finishLetters(city, letters, { atOnce: 1, stopped });
  if (whole) await memory().updateOne({ _id: 'demo-city' }, { $set: { 'letters.told': true } });
}

/** Opens the interview that is live now and lets its audience move. Gives the function that stops it. */
export async function startAudience(): Promise<() => Promise<void>> {
  const city = await recallCity();
  if (!city) return async () => undefined;
  const audience = new Audience(await currentLive(city));
  let stop = async () => audience.stop();
  showAudience(audience);
  audience.start(async () => {
    stop = await startAudience();
  });
  return () => stop();
}

/** The live interview of an earlier start goes on while it is fresh; an older one becomes a record and a new one opens. */
async function currentLive(city: DemoCity): Promise<StagedInterview> {
  const live = (await memory().findOne({ _id: 'demo-city' }))?.live;
  if (live && (await isFresh(live))) return resumeInterview(city.actor, liveInterview, live);
  if (live) {
    const earlier = { interviewId: live };
    await closeInterview(city.actor, earlier).catch(() => undefined); // closed by hand, perhaps
    await archiveInterview(city.actor, earlier).catch(() => undefined);
  }
  const opened = await openLive(city, liveInterview, Date.now() % 1_000_000_000);
  await memory().updateOne({ _id: 'demo-city' }, { $set: { live: opened.id } });
  return opened;
}

async function isFresh(interviewId: string): Promise<boolean> {
  const found = await mongoose.connection
    .collection<{ _id: string; state: string; startedAt: Date }>('interviews')
    .findOne({ _id: interviewId, state: 'live' }, { projection: { startedAt: 1 } });
  return found !== null && Date.now() - found.startedAt.getTime() < liveHours * 3_600_000;
}
