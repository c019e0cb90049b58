import { DateTime } from 'luxon';
import mongoose from 'mongoose';
import {
  addTurn,
  announceInterview,
  archiveInterview,
  askQuestion,
  assignRole,
  closeInterview,
  createInterview,
  publishAnswer,
  publishQuestion,
  rejectQuestion,
  setPhase,
  setStage,
  startInterview,
  submitForApproval,
  supportQuestion,
} from '../interview/index.ts';
import { workingCalendar } from '../calendar/index.ts';
import { identify } from '../identity/index.ts';
import type { SystemActor } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import { addDays, cityDay, cityMoment, workingDayFrom } from '../kernel/calendar.ts';
import { now } from '../kernel/time.ts';
import { bringMaterial } from './material/bring.ts';
import { momentAt } from './clock.ts';
import { accounts } from './content/city.ts';
import type { DemoCity } from './city.ts';
import { demoCitizen } from './people.ts';
import { beginReview } from './review.ts';
import { seededRandom } from './random.ts';
import type { InterviewScript } from './script.ts';

/** Everything below happens at a moment of the city's past. */
const at = <Result>(moment: DateTime, deed: () => Promise<Result>) => momentAt(moment.toJSDate(), deed);

/** An interview of the demo city while its story is told. */
export interface StagedInterview {
  id: string;
  script: InterviewScript;
  actor: SystemActor;
  /** Identifiers of the guests, in their order. */
  guestIds: readonly string[];
}

const personOf = (city: DemoCity, name: string): string | null => {
  const userName = accounts.find(([, displayName]) => displayName === name)?.[0];
  return (userName && city.accounts.get(userName)) ?? null;
};

/** Creates the interview of a script with its material and its people; gives its identifier. */
async function prepare(city: DemoCity, script: InterviewScript, startsAt: DateTime): Promise<string> {
  const { actor } = city;
  const id = await createInterview(actor, {
    departmentId: city.departments.get(script.department) ?? '',
    topic: script.topic,
    summary: script.summary,
    background: script.background,
    startsAt: startsAt.toJSDate(),
    plannedMinutes: script.minutes,
    guests: script.guests.map((guest) => ({ ...guest, personId: personOf(city, guest.name) })),
  });
  if (script.material) await bringMaterial(actor, id, script.material);
  for (const role of ['host', 'screener', 'recorder', 'director'] as const) {
    await assignRole(actor, { interviewId: id, role, personId: city.accounts.get(role) ?? '' });
  }
  // Accounts that came later: a city that was built before does not have them
  for (const [userName, role] of [
    ['screener-2', 'screener'],
    ['reviewer', 'reviewer'],
  ] as const) {
    const personId = city.accounts.get(userName);
    if (personId) await assignRole(actor, { interviewId: id, role, personId });
  }
  return id;
}

/** Creates and announces the interview of a script; gives it with its guests. */
export async function announce(city: DemoCity, script: InterviewScript, startsAt: DateTime): Promise<StagedInterview> {
  const id = await prepare(city, script, startsAt);
  await announceInterview(city.actor, { interviewId: id });
  return resumeInterview(city.actor, script, id);
}

/** Takes up an interview that exists already. */
export async function resumeInterview(
  actor: SystemActor,
  script: InterviewScript,
  id: string,
): Promise<StagedInterview> {
  const stored = await mongoose.connection
    .collection<{ _id: string; guests: { id: string }[] }>('interviews')
    .findOne({ _id: id }, { projection: { guests: 1 } });
  return { id, script, actor, guestIds: stored?.guests.map((guest) => guest.id) ?? [] };
}

/** A citizen of the audience asks; gives the question's identifier. */
export async function ask({ id }: StagedInterview, text: string, citizen: number): Promise<string> {
  const asked = await askQuestion(demoCitizen(citizen), { interviewId: id, text, formKey: newId() });
  return asked.id;
}

/** So many different citizens support a question. */
export async function support({ id }: StagedInterview, questionId: string, from: number, count: number): Promise<void> {
  const citizens = Array.from({ length: count }, (_, index) => demoCitizen(from + index));
  await Promise.all(citizens.map((citizen) => supportQuestion(citizen, { interviewId: id, questionId })));
}

/** A guest answers in the name of the department; `guest` counts from 1. */
export async function answer(staged: StagedInterview, questionId: string, guest: number, text: string): Promise<void> {
  const guestId = staged.guestIds[guest - 1] ?? staged.guestIds[0];
  await publishAnswer(staged.actor, { interviewId: staged.id, questionId, guestId, text, version: 0 });
}

/** The recorder writes down a turn; `speaker` 0 is the host, then the guests. */
export async function say(staged: StagedInterview, speaker: number, text: string): Promise<void> {
  const speakerId = speaker === 0 ? 'host' : (staged.guestIds[speaker - 1] ?? 'host');
  await addTurn(staged.actor, { interviewId: staged.id, speakerId, text, formKey: newId() });
}

interface Published {
  id: string;
  answer: readonly [guest: number, text: string] | undefined;
}

/** Asks, publishes and supports the questions of a script, spread over the days before `until`. */
async function askAll(staged: StagedInterview, until: DateTime, seed: number): Promise<Published[]> {
  const random = seededRandom(seed);
  const published: Published[] = [];
  for (const [index, [text, supports, given]] of staged.script.questions.entries()) {
    const asked = until.minus({ hours: Math.ceil(random() * 100), minutes: Math.floor(random() * 60) });
    const id = await at(asked, () => ask(staged, text, seed + index * 7));
    await at(asked.plus({ minutes: 6 + Math.floor(random() * 40) }), async () => {
      await publishQuestion(staged.actor, { interviewId: staged.id, questionId: id });
    });
    await at(until, () => support(staged, id, seed + 1000, supports));
    published.push({ id, answer: given });
  }
  for (const [index, [text, reason]] of staged.script.rejected.entries()) {
    const id = await at(until, () => ask(staged, text, seed + 500 + index));
    await rejectQuestion(staged.actor, { interviewId: staged.id, questionId: id, reason });
  }
  return published;
}

/** The live part of a script: phases, turns and answers one after another from `start` on. */
async function play(staged: StagedInterview, questions: readonly Published[], start: DateTime): Promise<DateTime> {
  const { actor, id: interviewId, script } = staged;
  await at(start, () => startInterview(actor, { interviewId }));
  let moment = start.plus({ minutes: 1 });
  for (const [speaker, text] of script.turns) {
    await at(moment, () => say(staged, speaker, text));
    moment = moment.plus({ minutes: 2 });
  }
  await at(moment, () => setPhase(actor, { interviewId, phase: 'answering' }));
  for (const { id: questionId, answer: given } of questions) {
    if (!given) continue;
    await at(moment, () => setStage(actor, { interviewId, questionId }));
    moment = moment.plus({ minutes: 4 });
    await at(moment, () => answer(staged, questionId, ...given));
    await at(moment, () => say(staged, given[0], given[1]));
    moment = moment.plus({ minutes: 1 });
  }
  return moment;
}

/** When a script's interview begins: on a working day, as departments hold them. */
async function beginning({ daysAgo, hour }: InterviewScript): Promise<DateTime> {
  const day = addDays(cityDay(now()), -daysAgo);
  const opening = `${String(hour).padStart(2, '0')}:00`;
  return DateTime.fromJSDate(cityMoment(workingDayFrom(await workingCalendar(), day), opening));
}

/** Tells a past interview from its draft to its archive. */
export async function tellPast(city: DemoCity, script: InterviewScript, seed: number): Promise<void> {
  const start = await beginning(script);
  const told = await at(start.minus({ days: 10 }), () => announce(city, script, start));
  const questions = await askAll(told, start.minus({ minutes: 10 }), seed);
  const moment = await play(told, questions, start);
  const { actor, id: interviewId } = told;
  await at(moment, () => setPhase(actor, { interviewId, phase: 'summary' }));
  await at(start.plus({ minutes: script.minutes }), () => closeInterview(actor, { interviewId }));
  await at(start.plus({ hours: 26 }), () => archiveInterview(actor, { interviewId }));
  const peakOnline = 380 + Math.floor(seededRandom(seed)() * 2600); // the audience of that day, which no socket counts now
  await mongoose.connection
    .collection<{ _id: string }>('interviews')
    .updateOne({ _id: interviewId }, { $set: { peakOnline } });
}

/** Announces a coming interview with the questions that people asked already. */
export async function tellComing(city: DemoCity, script: InterviewScript, seed: number): Promise<void> {
  const start = await beginning(script);
  const told = await at(DateTime.fromJSDate(now()).minus({ days: 5 }), () => announce(city, script, start));
  await askAll(told, DateTime.fromJSDate(now()).minus({ minutes: 30 }), seed);
}

/** Lays a draft before the secretariat, as the head of its department did yesterday. */
export async function tellWaiting(city: DemoCity, script: InterviewScript, userName: string): Promise<void> {
  const start = await beginning(script);
  const head = await identify({ kind: 'staff', id: city.accounts.get(userName) ?? '' });
  if (head?.kind !== 'staff') throw new Error(`No account ${userName}`);
  const { language, requestId } = city.actor;
  await at(DateTime.fromJSDate(now()).minus({ days: 1 }), async () => {
    const interviewId = await prepare(city, script, start);
    await submitForApproval({ ...head, language, requestId }, { interviewId, version: 1 });
  });
}

/** Opens the interview that is live now: begun some minutes ago, its first questions asked and answered. */
export async function openLive(city: DemoCity, script: InterviewScript, seed: number): Promise<StagedInterview> {
  const start = DateTime.fromJSDate(now()).minus({ minutes: 24 });
  const told = await at(start.minus({ days: 10 }), () => announce(city, script, start));
  const questions = await askAll(told, start.minus({ minutes: 10 }), seed);
  await play(told, questions, start);
  await beginReview(
    told,
    questions.filter(({ answer: given }) => !given).map(({ id }) => id),
  );
  return told;
}
