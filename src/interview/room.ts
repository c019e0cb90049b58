import { changeRoom, type Change, type LoadedRoom, type RoomDefinition, type Row } from '../live/index.ts';
import { notFound } from '../kernel/errors.ts';
import { banOf, bansRow, ownBanRow } from './bans/ban.ts';
import { forgetRecord } from './archive/recordCache.ts';
import { followedBy } from './following/followedRows.ts';
import { notePeak } from './figures.ts';
import { findInterview, InterviewModel, type Interview } from './interviewModel.ts';
import { canBeAtDesk, canSee, demand } from './policy.ts';
import { askersRows, ownRows } from './ownRows.ts';
import { questionStates } from './question.ts';
import { QuestionModel, type Question } from './questionModel.ts';
import {
  deskQuestionRow,
  deskTurnRow,
  noticeRow,
  phaseRow,
  publicQuestionRow,
  publicTurnRow,
  stageRow,
} from './rows.ts';
import { repairSupports } from './supports.ts';
import { nextChange, nextChangeOf } from './upNext.ts';
import { TurnModel, type Turn } from './turnModel.ts';

/** The kind of room an interview is. */
export const roomKind = 'interview';

/**
 * Makes one change in the room of an interview, after those before it. `run` gets the interview as it is at that
 * moment and the revision it must write into what it changes.
 */
export function inRoom(
  interviewId: string,
  run: (interview: Interview, revision: number) => Promise<Change>,
): Promise<void> {
  return changeRoom(roomKind, interviewId, async (revision) => run(await findInterview(interviewId), revision)).finally(
    () => forgetRecord(interviewId),
  );
}

/** What a changed question means to everyone who sees it: the public, the desks, the asker, and the stage if it is there. */
export async function questionChange(interview: Interview, question: Question): Promise<Change> {
  const publicRow = publicQuestionRow(question);
  const onStage = interview.onStage === question._id ? [stageRow(interview, question)] : [];
  const inOrder = interview.upNext?.includes(question._id) === true;
  const next = inOrder ? await nextChangeOf(interview, question) : { public: [], desk: [] };
  return {
    public: [...(publicRow ? [publicRow] : []), ...onStage, ...next.public],
    desk: [deskQuestionRow(question), ...onStage, ...next.desk],
    persons: await askersRows(question, interview),
  };
}

/** Two changes as one. */
export function together(one: Change, other: Change): Change {
  const persons: Record<string, readonly Row[]> = { ...one.persons };
  for (const [id, rows] of Object.entries(other.persons ?? {})) persons[id] = [...(persons[id] ?? []), ...rows];
  return {
    public: [...(one.public ?? []), ...(other.public ?? [])],
    desk: [...(one.desk ?? []), ...(other.desk ?? [])],
    persons,
  };
}

/** The same rows for the public and for the desks. */
export function everyone(rows: readonly Row[]): Change {
  return { public: rows, desk: rows };
}

function highest(rows: readonly { revision: number }[]): number {
  return rows.reduce((most, { revision }) => Math.max(most, revision), 0);
}

async function loadInterviewRoom(roomId: string): Promise<LoadedRoom | null> {
  const interview = await InterviewModel.findById(roomId).lean<Interview>();
  if (!interview) return null;
  await repairSupports(roomId);
  const [questions, turns] = await Promise.all([
    QuestionModel.find({ interviewId: roomId }, { trail: 0 }).lean<Question[]>(),
    TurnModel.find({ interviewId: roomId }).lean<Turn[]>(),
  ]);
  const onStage = questions.find(({ _id }) => _id === interview.onStage) ?? null;
  const shared = [phaseRow(interview), stageRow(interview, onStage), ...interview.notices.map(noticeRow)];
  const bans = bansRow(interview);
  const next = nextChange(interview, questions);
  const votes = Object.fromEntries(
    questions.filter(({ supports }) => supports > 0).map((one) => [one._id, one.supports]),
  );
  return {
    revision: Math.max(
      highest([...shared, bans, ...next.desk]),
      highest(questions),
      highest(turns),
      interview.stageRevision,
    ),
    rows: {
      public: [
        ...shared,
        ...next.public,
        ...questions.map(publicQuestionRow).filter((row) => row !== null),
        ...turns.map(publicTurnRow).filter((row) => row !== null),
      ],
      desk: [...shared, ...next.desk, bans, ...questions.map(deskQuestionRow), ...turns.map(deskTurnRow)],
    },
    counters: { votes },
  };
}

/** The live room of an interview: everyone may watch once it is announced, the desks are for its people. */
export const interviewRoom: RoomDefinition = {
  kind: roomKind,
  audiences: ['public', 'desk'],
  open: ['public'],
  tally: {
    audience: 'desk',
    sortOf: ({ kind, state }) => (kind === 'question' ? String(state) : null),
    counters: (of) => ({
      asked: of(...questionStates),
      published: of('published', 'answered'),
      answered: of('answered'),
    }),
  },
  load: loadInterviewRoom,
  // “130 people watching” are citizens: officials at their desks, or who look at the public page, are at work
  counts: (actor, audience) => audience === 'public' && actor.kind !== 'staff',
  onOnline: notePeak,
  async admit(actor, roomId, audience) {
    const interview = await findInterview(roomId);
    if (audience === 'desk') return demand(canBeAtDesk(actor, interview), actor, interview);
    if (!canSee(actor, interview)) throw notFound('interview.errors.not-found');
  },
  async personal(actor, roomId) {
    const [interview, questions] = await Promise.all([
      findInterview(roomId),
      QuestionModel.find({ interviewId: roomId, askerId: actor.id }, { trail: 0 }).lean<Question[]>(),
    ]);
    const ban = banOf(interview, actor.id) ? [ownBanRow(interview, actor.id)] : [];
    const followed = await followedBy(actor.id, roomId, interview);
    return [...ban, ...(await ownRows(questions, interview)), ...followed];
  },
};
