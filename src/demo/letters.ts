import { workingCalendar } from '../calendar/index.ts';
import { demoCitizen } from './people.ts';
import { Refusal } from '../kernel/errors.ts';
import { LetterModel, linkDuplicate, mergeHotTopic, submitLetter, withoutDelivery } from '../mailbox/index.ts';
import { momentAt } from './clock.ts';
import type { DemoCity } from './city.ts';
import { LetterCase, type Scene, UntilToday } from './letterCase.ts';
import { tellLetter } from './letterFates.ts';
import { planLetters, type LetterPlan } from './letterPlan.ts';
import { officialsOf } from './officials.ts';
import { officialWords } from './content/letterWords.ts';
import { callBack } from './resurveys.ts';

/** Stories that are told at the same time: the database has more than one to do. */
const atOnce = 8;
const seed = 19;

/** How many letters, and the day from which their months are counted. */
export interface LetterFill {
  count: number;
  today: Date;
}

/** Brings in all letters of eight months, in order, and tells those that are on their way today. Gives the others. */
export async function beginLetters(city: DemoCity, { count, today }: LetterFill): Promise<LetterCase[]> {
  const calendar = await workingCalendar();
  const scene: Scene = { find: await officialsOf(city), departments: city.departments, calendar, today };
  return withoutDelivery(async () => {
    const cases: LetterCase[] = [];
    // One after another, so that the numbers follow the days. One that is there already is only found again.
    for (const plan of planLetters(count, seed, today, calendar)) cases.push(await receive(plan, cases.length, scene));
    await tellAll(cases.filter(({ plan }) => plan.onItsWay));
    return cases;
  });
}

/** Tells the rest, the newest first; what was told already is left as it is. Stops early when `stopped` says so. */
export async function finishLetters(
  cases: readonly LetterCase[],
  today: Date,
  stopped = () => false,
): Promise<boolean> {
  return withoutDelivery(async () => {
    await tellAll(cases.filter(({ plan }) => !plan.onItsWay).reverse(), stopped);
    if (stopped()) return false;
    await gather(cases);
    await callBack(cases, today);
    await forgetOldNotices(today);
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

async function tellAll(cases: readonly LetterCase[], stopped = () => false): Promise<void> {
  const waiting = cases.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const one of waiting) if (!stopped()) await tellOnce(one);
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
