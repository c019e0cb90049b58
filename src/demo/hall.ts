import { DateTime } from 'luxon';
import mongoose from 'mongoose';
import {
  archiveInterview,
  askQuestion,
  closeInterview,
  mergeQuestion,
  publishQuestion,
  rejectQuestion,
  supportQuestion,
} from '../interview/index.ts';
import { workingCalendar } from '../calendar/index.ts';
import { addDays, cityDay, cityMoment, workingDayFrom } from '../kernel/calendar.ts';
import { newId } from '../kernel/id.ts';
import { now } from '../kernel/time.ts';
import type { DemoCity } from './city.ts';
import { momentAt } from './clock.ts';
import { announce, type StagedInterview } from './history.ts';
import { checkHall, playHall, rateHall, type HallQuestion } from './hallEvening.ts';
import { planHall, type PlannedQuestion } from './hallPlan.ts';
import { demoCitizen } from './people.ts';

const at = <Result>(moment: DateTime, deed: () => Promise<Result>) => momentAt(moment.toJSDate(), deed);

/** The large past interview 市北区民生实事: hundreds of questions in one afternoon. */
const script = {
  department: 'shibei',
  daysAgo: 24,
  hour: 14,
  minutes: 120,
  topic: '市北区：住房、用水和上学，三件事一件一件对',
  summary: '四位区里的负责人逐条回答老旧小区、供水排水和中小学的问题。',
  background:
    '市北区今年列了 15 件民生实事，其中 9 件与住房、用水和上学有关。预告期间共收到问题五百余条，按小区和事项整理后在直播中逐条回答。\n\n没有来得及回答的问题，由市北区人民政府会后书面答复。',
  guests: [
    { name: '尹正阳', title: '市北区副区长' },
    { name: '孟晓岚', title: '市北区住房和城市建设局局长' },
    { name: '秦柏年', title: '市北区水务中心主任' },
    { name: '苏映雪', title: '市北区教育和体育局局长' },
  ],
  turns: [],
  questions: [],
  rejected: [],
} as const;

/** Does something to each, so many at a time; stops early when told to. */
async function each<Item>(
  items: readonly Item[],
  size: number,
  stopped: () => boolean,
  deed: (item: Item) => Promise<unknown>,
) {
  for (let from = 0; from < items.length && !stopped(); from += size) {
    await Promise.all(items.slice(from, from + size).map(deed));
  }
}

/** Asks, screens, merges and supports what is planned; gives what is public in the end, the most supported first. */
async function fillHall(
  hall: StagedInterview,
  planned: readonly PlannedQuestion[],
  start: DateTime,
  stopped: () => boolean,
): Promise<HallQuestion[]> {
  const { actor, id: interviewId } = hall;
  const ids = new Map<number, string>();
  const before = (ahead: number) => start.minus({ minutes: Math.max(5, ahead + 80) });
  await each([...planned.entries()], 60, stopped, async ([index, { text, citizen, ahead }]) => {
    const asked = await at(before(ahead), () =>
      askQuestion(demoCitizen(citizen), { interviewId, text, formKey: newId() }),
    );
    ids.set(index, asked.id);
  });
  await each([...planned.entries()], 60, stopped, ([index, { into, reason, ahead }]) => {
    const which = { interviewId, questionId: ids.get(index) ?? '' };
    if (into !== undefined) return Promise.resolve();
    return at(before(ahead).plus({ minutes: 4 }), async () =>
      reason ? rejectQuestion(actor, { ...which, reason }) : publishQuestion(actor, which),
    );
  });
  await each([...planned.entries()], 20, stopped, async ([index, { into, ahead }]) => {
    if (into === undefined) return;
    const which = { interviewId, questionId: ids.get(index) ?? '', intoId: ids.get(into) ?? '' };
    await at(before(ahead).plus({ minutes: 4 }), () => mergeQuestion(actor, which));
  });
  const open = planned.flatMap((question, index) =>
    question.into === undefined && !question.reason ? [{ ...question, id: ids.get(index) ?? '' }] : [],
  );
  await each(open, 30, stopped, ({ id: questionId, supports }) =>
    at(start, () =>
      Promise.all(
        Array.from({ length: supports }, (_, index) =>
          supportQuestion(demoCitizen(3_010_000 + ((questionId.charCodeAt(3) * 41 + index * 7) % 2_600)), {
            interviewId,
            questionId,
          }),
        ),
      ),
    ),
  );
  return open.sort((a, b) => b.supports - a.supports);
}

/**
 * Tells the large interview from its announcement to its archive; `begun` hears its identifier. Gives false when it was
 * stopped half-way: then it is taken away at the next start and told anew.
 */
export async function tellHall(
  city: DemoCity,
  count: number,
  begun: (id: string) => Promise<void>,
  stopped: () => boolean = () => false,
): Promise<boolean> {
  const day = workingDayFrom(await workingCalendar(), addDays(cityDay(now()), -script.daysAgo));
  const start = DateTime.fromJSDate(cityMoment(day, '14:00'));
  const hall = await at(start.minus({ days: 9 }), () => announce(city, script, start));
  const interviewId = hall.id;
  await begun(interviewId);
  const questions = await fillHall(hall, planHall(count), start, stopped);
  if (stopped()) return false;
  await playHall(city, hall, questions, start, stopped);
  if (stopped()) return false;
  await at(start.plus({ minutes: script.minutes }), () => closeInterview(hall.actor, { interviewId }));
  await checkHall(city, hall, start.plus({ hours: 5 }));
  await at(start.plus({ days: 2 }), () => archiveInterview(hall.actor, { interviewId }));
  await rateHall(hall, start.plus({ hours: 3 }), Math.max(8, Math.round(count / 7)));
  const peakOnline = 3_184; // the audience of that day, which no socket counts now
  await mongoose.connection
    .collection<{ _id: string }>('interviews')
    .updateOne({ _id: interviewId }, { $set: { peakOnline } });
  return true;
}

/** Takes away what is left of a story that was broken off. */
export async function forgetHall(interviewId: string): Promise<void> {
  const of = (name: string) => mongoose.connection.collection<{ _id: string }>(name);
  for (const name of ['questions', 'supports', 'turns', 'recordchecks', 'ratings']) {
    await of(name).deleteMany({ interviewId });
  }
  await of('interviews').deleteOne({ _id: interviewId });
}
