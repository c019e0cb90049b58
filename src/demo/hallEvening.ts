import type { DateTime } from 'luxon';
import mongoose from 'mongoose';
import {
  addPicture,
  addTurn,
  confirmRecord,
  correctTurn,
  decideCorrection,
  guestChecks,
  openProposals,
  proposeCorrection,
  publishAnswer,
  rateInterview,
  releaseTurn,
  setPhase,
  setStage,
  startInterview,
} from '../interview/index.ts';
import type { Actor, Staff } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import type { DemoCity } from './city.ts';
import { momentAt } from './clock.ts';
import { accounts } from './content/city.ts';
import { addedLater, comments, farewell, guestAsides, hostWords, prepared } from './content/hall.ts';
import { hallPictures, storeHallPicture } from './hallPictures.ts';
import type { StagedInterview } from './history.ts';
import type { PlannedQuestion } from './hallPlan.ts';
import { demoCitizen } from './people.ts';
import { seededRandom } from './random.ts';

const at = <Result>(moment: DateTime, deed: () => Promise<Result>) => momentAt(moment.toJSDate(), deed);

/** A question of the hall that is public. */
export interface HallQuestion extends PlannedQuestion {
  id: string;
}

/** How many questions are answered aloud; the others in writing while it is live. */
const aloud = 72;

function staff(city: DemoCity, userName: string): Staff {
  const name = accounts.find(([account]) => account === userName)?.[1] ?? '';
  const id = city.accounts.get(userName) ?? '';
  return { kind: 'staff', id, name, roles: [], language: 'zh-CN', requestId: 'demo' };
}

/** The live hours: what was prepared, questions answered aloud with pictures between them, the rest in writing. */
export async function playHall(
  city: DemoCity,
  hall: StagedInterview,
  questions: readonly HallQuestion[],
  start: DateTime,
  stopped: () => boolean,
): Promise<void> {
  const { actor, id: interviewId, guestIds } = hall;
  const recorder = staff(city, 'recorder');
  const guestOf = (number: number) => guestIds[number - 1] ?? guestIds[0] ?? '';
  const say = (speaker: number, text: string) => {
    const speakerId = speaker === 0 ? 'host' : guestOf(speaker);
    return addTurn(recorder, { interviewId, speakerId, text, formKey: newId() });
  };
  const waiting: { _id: string; version: number }[] = [];
  for (const [speaker, text] of prepared) waiting.push(await at(start.minus({ hours: 20 }), () => say(speaker, text)));
  await at(start, () => startInterview(actor, { interviewId }));
  let moment = start.plus({ seconds: 40 });
  for (const { _id: turnId, version } of waiting) {
    await at(moment, () => releaseTurn(recorder, { interviewId, turnId, version }));
    moment = moment.plus({ seconds: 50 });
  }
  await at(moment, () => setPhase(actor, { interviewId, phase: 'answering' }));
  const answered = questions.filter(({ answer }) => answer !== undefined);
  const reply = async ({ id: questionId, answer }: HallQuestion) => {
    const [guest, text] = answer ?? [1, ''];
    await publishAnswer(actor, { interviewId, questionId, guestId: guestOf(guest), text, version: 0 });
  };
  for (const [index, question] of answered.slice(0, aloud).entries()) {
    if (stopped()) return;
    const [guest, text] = question.answer ?? [1, ''];
    await at(moment, () => setStage(actor, { interviewId, questionId: question.id }));
    await at(moment, () => say(0, `${hostWords[index % hostWords.length] ?? ''}“${question.text}”`));
    moment = moment.plus({ seconds: 30 });
    await at(moment, () => say(guest, text));
    await at(moment, () => reply(question));
    if (index % 5 === 4) await at(moment, () => say(guest, guestAsides[((index / 5) % guestAsides.length) | 0] ?? ''));
    if (index % 14 === 3) await at(moment, () => showPicture(recorder, interviewId, Math.floor(index / 14)));
    moment = moment.plus({ seconds: 52 });
  }
  const rest = answered.slice(aloud);
  for (let from = 0; from < rest.length && !stopped(); from += 40) {
    const minute = start.plus({ minutes: 8 + from / 4 });
    await Promise.all(rest.slice(from, from + 40).map((question) => at(minute, () => reply(question))));
  }
  await at(moment, () => setStage(actor, { interviewId, questionId: null }));
  await at(moment, () => setPhase(actor, { interviewId, phase: 'summary' }));
  for (const [speaker, text] of farewell) await at(moment, () => say(speaker, text));
}

async function showPicture(recorder: Actor, interviewId: string, index: number): Promise<void> {
  const uploadId = await storeHallPicture(index, recorder.id);
  const text = hallPictures[index]?.text ?? '';
  if (uploadId) await addPicture(recorder, { interviewId, uploadId, text, formKey: newId() });
}

/** After the close: something is added, something corrected, and the guests check what they said. */
export async function checkHall(city: DemoCity, hall: StagedInterview, evening: DateTime): Promise<void> {
  const { id: interviewId, guestIds, actor } = hall;
  const recorder = staff(city, 'recorder');
  for (const [speaker, text] of addedLater) {
    const speakerId = guestIds[speaker - 1] ?? 'host';
    await at(evening, () => addTurn(recorder, { interviewId, speakerId, text, formKey: newId() }));
  }
  const checks = async () => {
    const interview = await mongoose.connection.collection<{ _id: string }>('interviews').findOne({ _id: interviewId });
    return guestChecks(interview as never);
  };
  const guests: Actor[] = [staff(city, 'shibei-head'), staff(city, 'shibei-handler'), actor];
  for (const [index, { guest, passages }] of (await checks()).slice(0, 2).entries()) {
    const passage = passages.filter(({ kind }) => kind === 'turn').at(2);
    if (!passage) continue;
    const which = { interviewId, guestId: guest.id, kind: passage.kind, passageId: passage.id };
    const text = passage.text.replace(/。$/u, '，以书面通知为准。');
    await at(evening, () => proposeCorrection(guests[index] ?? actor, { ...which, text, note: '口头说得不完整' }));
    const [proposal] = await openProposals(interviewId, guest.id);
    const decision =
      index === 0 ? { decision: 'take' } : { decision: 'decline', reason: '录音里没有这半句，可以另作补充。' };
    const decided = { interviewId, guestId: guest.id, proposalId: proposal?.id, version: passage.version, ...decision };
    await at(evening.plus({ minutes: 40 }), () => decideCorrection(recorder, decided));
  }
  const slip = (await checks()).at(2)?.passages.find(({ kind }) => kind === 'turn');
  if (slip) {
    const corrected = { interviewId, turnId: slip.id, text: `${slip.text}（单位：公里）`, version: slip.version };
    await at(evening, () => correctTurn(recorder, corrected));
  }
  for (const [index, { guest, words }] of (await checks()).slice(0, 3).entries()) {
    await at(evening.plus({ hours: 14 + index }), () =>
      confirmRecord(guests[index] ?? actor, { interviewId, guestId: guest.id, words }),
    );
  }
}

/** So many people rate it, most of them kindly, two of three with a word. */
export async function rateHall({ id: interviewId }: StagedInterview, evening: DateTime, count: number): Promise<void> {
  const random = seededRandom(77);
  for (let number = 0; number < count; number += 1) {
    const place = random();
    const stars = place < 0.46 ? 5 : place < 0.77 ? 4 : place < 0.91 ? 3 : place < 0.97 ? 2 : 1;
    const words = comments[stars] ?? [];
    const comment = random() < 0.66 ? (words[Math.floor(random() * words.length)] ?? '') : '';
    const citizen = demoCitizen(3_000_000 + number * 3);
    await at(evening.plus({ minutes: number * 5 }), () => rateInterview(citizen, { interviewId, stars, comment }));
  }
}
