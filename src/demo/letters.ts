import { workingCalendar } from '../calendar/index.ts';
import { demoCitizen } from './people.ts';
import { now } from '../kernel/time.ts';
import { LetterModel, linkDuplicate, mergeHotTopic, submitLetter, withoutDelivery } from '../mailbox/index.ts';
import { momentAt } from './clock.ts';
import type { DemoCity } from './city.ts';
import { LetterCase, type Scene, UntilToday } from './letterCase.ts';
import { tellLetter } from './letterFates.ts';
import { planLetters, type LetterPlan } from './letterPlan.ts';
import { officialsOf } from './officials.ts';
import { officialWords } from './content/letterWords.ts';

/** Stories that are told at the same time: the database has more than one to do. */
const atOnce = 8;
const seed = 19;

/** Fills the mailbox of the demo city with eight months of letters, told through the actions that people use. */
export async function fillLetters(city: DemoCity, count: number): Promise<void> {
  const [today, calendar] = [now(), await workingCalendar()];
  const scene: Scene = { find: await officialsOf(city), departments: city.departments, calendar, today };
  const cases: LetterCase[] = [];
  await withoutDelivery(async () => {
    // One after another, so that the numbers follow the days
    for (const plan of planLetters(count, seed, today, calendar)) cases.push(await receive(plan, cases.length, scene));
    const waiting = [...cases].values();
    await Promise.all(Array.from({ length: atOnce }, () => tellAll(waiting)));
    await gather(cases);
  });
  await forgetOldNotices(today);
}

async function receive(plan: LetterPlan, index: number, scene: Scene): Promise<LetterCase> {
  const writer = demoCitizen(50_000 + index);
  const { channel, template, title, body, name, phone, email, mayPublish } = plan;
  const sender = channel === 'web' ? writer : scene.find('city', 'clerk');
  const formKey = `demo-letter-${String(index).padStart(8, '0')}`;
  const letter = { kind: template.kind, channel, title, body, name, phone, email, mayPublish, formKey };
  const sent = await momentAt(plan.submittedAt, () => submitLetter(sender, letter));
  return new LetterCase(plan, sent, writer, scene);
}

async function tellAll(waiting: IterableIterator<LetterCase>): Promise<void> {
  for (const one of waiting) {
    try {
      await tellLetter(one);
    } catch (error) {
      if (!(error instanceof UntilToday)) throw error;
    }
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
