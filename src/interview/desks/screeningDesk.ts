import type { Actor } from '../../kernel/actor.ts';
import { now } from '../../kernel/time.ts';
import { listDepartments } from '../../organization/index.ts';
import { screeningCard } from '../cards.ts';
import { undoSeconds } from '../decision.ts';
import { doerOf } from '../doer.ts';
import { isOpenTo } from '../interview.ts';
import type { Interview } from '../interviewModel.ts';
import { rejectReasons } from '../question.ts';
import { QuestionModel, type Question } from '../questionModel.ts';
import { similarQuestions } from '../similar.ts';
import { deskPage } from './desk.ts';

const similarAtFirst = 60;

/** Guests of the interview, then departments: whom a question can be passed to. */
async function receiversOf(actor: Actor, interview: Interview) {
  const departments = await listDepartments();
  return [
    ...interview.guests.map(({ id, name, title }) => ({ value: `guest:${id}`, label: `${name} ${title}` })),
    ...departments.map(({ id, name, nameEnglish }) => ({
      value: `department:${id}`,
      label: actor.language === 'en' ? nameEnglish || name : name,
    })),
  ];
}

/** This screener's own decisions of the last seconds, for the bar that takes them back without scripts. */
async function undoOffered(actor: Actor, interviewId: string) {
  const since = new Date(now().getTime() - undoSeconds * 1000);
  const recent = await QuestionModel.find(
    { interviewId, 'decided.by': doerOf(actor).id, 'decided.at': { $gte: since } },
    { decided: 1 },
  )
    .limit(100)
    .lean<Pick<Question, '_id' | 'decided'>[]>();
  const at = ({ decided }: Pick<Question, 'decided'>) => decided?.at.getTime() ?? 0;
  const [latest] = recent.sort((one, other) => at(other) - at(one));
  const act = latest?.decided?.act;
  const group = latest?.decided?.group;
  const together = recent.filter((one) => one === latest || (group && one.decided?.group === group));
  return act ? { act, ids: together.map(({ _id }) => _id), count: together.length } : null;
}

/** The screener's desk: what waits, the oldest first, and what was decided, the latest first. */
export async function screeningDesk(actor: Actor, interview: Interview, typed?: { id: string; text: string }) {
  const [desk, receivers] = await Promise.all([deskPage(actor, interview, 'screening'), receiversOf(actor, interview)]);
  const signers = interview.guests.length > 1 ? interview.guests.map(({ id, name }) => ({ id, name })) : [];
  const open = isOpenTo('screen', interview.state);
  const waitingRows = desk.questions.filter(({ state }) => state === 'received' || state === 'screening');
  const similar = await similarQuestions(
    interview._id,
    waitingRows.slice(0, similarAtFirst).map((row) => ({ id: row.id, text: String(row['text']) })),
  );
  const texts = Object.fromEntries(desk.questions.map((row) => [row.id, String(row['text'])]));
  const cards = desk.questions.map((row) => ({
    ...screeningCard(row, { ...desk, similar, texts }),
    ...(typed?.id === row.id ? { typed: typed.text } : {}),
  }));
  const waiting = cards.filter((one) => one.waiting);
  return {
    ...desk,
    sheets: [{ view: 'waiting', counted: true, count: waiting.length }, { view: 'decided' }, { view: 'order' }],
    receivers,
    signers,
    undo: await undoOffered(actor, interview._id),
    waiting,
    decided: cards
      .filter((one) => !one.waiting)
      .sort((a, b) => b.revision - a.revision)
      .slice(0, 40),
    reasons: rejectReasons,
    open,
    roomData: { ...desk.roomData, reasons: rejectReasons, receivers, signers, open, similar },
  };
}
