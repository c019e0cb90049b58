import { workingCalendar } from '../calendar/index.ts';
import { demoCitizen } from './people.ts';
import { Refusal } from '../kernel/errors.ts';
import {
  LetterModel,
  linkDuplicate,
  mergeHotTopic,
  nextNumbers,
  submitLetter,
  withNumber,
  withoutDelivery,
} from '../mailbox/index.ts';
import { momentAt } from './clock.ts';
import type { DemoCity } from './city.ts';
import { LetterCase, type Scene, UntilToday } from './letterCase.ts';
import { tellLetter } from './letterFates.ts';
import { planLetters, type LetterPlan } from './letterPlan.ts';
import { officialsOf } from './officials.ts';
import { officialWords } from './content/letterWords.ts';
import { callBack } from './resurveys.ts';

const seed = 19;

/** How many letters, and the day from which their months are counted. */
export interface LetterFill {
  count: number;
  today: Date;
  /** The numbers kept for all of them, by the days on which they came in. */
  numbers?: readonly string[];
}

/** All letters of a fill, in the order in which they came in, and how one of them is brought in. */
async function storiesOf(city: DemoCity, { count, today, numbers = [] }: LetterFill) {
  const calendar = await workingCalendar();
  const scene: Scene = { find: await officialsOf(city), departments: city.departments, calendar, today };
  const plans = planLetters(count, seed, today, calendar);
  return {
    plans,
    /** A letter that is there already is only found again. */
    receive(plan: LetterPlan): Promise<LetterCase> {
      const index = plans.indexOf(plan);
      const bring = () => receive(plan, index, scene);
      const number = numbers[index];
      return number === undefined ? bring() : withNumber(number, bring);
    },
  };
}

/**
 * Keeps numbers for all letters of eight months, brings in those that are on their way today and tells them. Gives the
 * fill with its numbers. The others come in one by one, each with its whole story, so that none lies untold on a desk.
 */
export async function beginLetters(city: DemoCity, given: LetterFill): Promise<LetterFill> {
  const { plans } = await storiesOf(city, given);
  const fill = { ...given, numbers: await nextNumbers(plans.map(({ submittedAt }) => submittedAt)) };
  const stories = await storiesOf(city, fill);
  await withoutDelivery(async () => {
    const tell = async (plan: LetterPlan) => tellOnce(await stories.receive(plan));
    await eachOf(
      stories.plans.filter(({ onItsWay }) => onItsWay),
      tell,
      { atOnce: 8 },
    );
  });
  return fill;
}

interface Telling {
  /** Stories that are told at the same time: the database has more than one to do. In an open city it is one. */
  atOnce: number;
  stopped?: () => boolean;
}

/** Tells the rest, the newest first; what was told already is left as it is. Stops early when `stopped` says so. */
export async function finishLetters(city: DemoCity, fill: LetterFill, telling: Telling): Promise<boolean> {
  const { plans, receive: bring } = await storiesOf(city, fill);
  return withoutDelivery(async () => {
    const cases = new Map<LetterPlan, LetterCase>();
    const tell = async (plan: LetterPlan) => {
      const one = await bring(plan);
      cases.set(plan, one);
      if (!plan.onItsWay) await tellOnce(one);
    };
    await eachOf(plans.toReversed(), tell, telling);
    if (telling.stopped?.()) return false;
    const inOrder = plans.flatMap((plan) => cases.get(plan) ?? []);
    await gather(inOrder);
    await callBack(inOrder, fill.today);
    await forgetOldNotices(fill.today);
    return true;
  });
}

async function receive(plan: LetterPlan, index: number, scene: Scene): Promise<LetterCase> {
  const writer = demoCitizen(50_000 + index);
  const { box, channel, template, title, body, name, phone, email, mayPublish } = plan;
  const sender = channel === 'web' ? writer : scene.find('city', 'clerk');
  const formKey = `demo-letter-${String(index).padStart(8, '0')}`;
  const letter = { kind: template.kind, box, channel, title, body, name, phone, email, mayPublish, formKey };
  const sent = await momentAt(plan.submittedAt, () => submitLetter(sender, letter));
  return new LetterCase(plan, sent, writer, scene);
}

async function eachOf(
  plans: readonly LetterPlan[],
  tell: (plan: LetterPlan) => Promise<void>,
  { atOnce, stopped = () => false }: Telling,
): Promise<void> {
  const waiting = plans.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const plan of waiting) if (!stopped()) await tell(plan);
    }),
  );
}

async function tellOnce(one: LetterCase): Promise<void> {
  if (!(await LetterModel.exists({ _id: one.letterId, version: 1 }))) return;
  try {
    await tellLetter(one);
  } catch (error) {
    // The present, or somebody at the desk who was faster: the letter stays as it is
    if (!(error instanceof UntilToday) && !(error instanceof Refusal && error.status === 409)) throw error;
  }
}

/** Near-identical letters become hot topics; some of one template and department are the same matter. */
async function gather(cases: readonly LetterCase[]): Promise<void> {
  const topics = new Map<string, LetterCase[]>();
  for (const one of cases) {
    const { topic } = one.plan.template;
    if (topic) topics.set(topic, [...(topics.get(topic) ?? []), one]);
  }
  for (const [title, letters] of topics) {
    const last = letters.slice(-6);
    const clerk = last[0]?.official('clerk');
    if (!clerk || last.length < 4) continue;
    await mergeHotTopic(clerk, { letterIds: last.map(({ letterId }) => letterId), title });
    const [first, , , again] = last;
    if (!first || !again) continue;
    const link = { letterId: again.letterId, original: first.number, remark: officialWords.duplicate };
    if (topics.size > 3 && title.length % 3 === 0) await linkDuplicate(clerk, link);
  }
}

/** What was to be told in those months has been told; only the last days' notices still go out. */
async function forgetOldNotices(today: Date): Promise<void> {
  const old = { outboxAt: { $lt: new Date(today.getTime() - 3 * 86_400_000) } };
  await LetterModel.collection.updateMany(old, { $set: { outbox: [], outboxAt: null } });
}
