import mongoose from 'mongoose';
import { catchUp, follow, startFollowing } from './follow.ts';
import type { Letter } from './record.ts';
import { LetterModel } from './letterModel.ts';
import { wantsPublication } from './publication.ts';

/** What a queue shows and sorts by of one letter; nothing personal beyond the title. */
export interface QueueRow {
  id: string;
  number: string;
  title: string;
  state: Letter['state'];
  kind: Letter['kind'];
  box: Letter['box'];
  channel: Letter['channel'];
  urgency: Letter['urgency'];
  subject: string;
  marks: Letter['marks'];
  lead: { departmentId: string; name: string; path: string[] } | null;
  /** Departments that passed it on, down or up. */
  passedFrom: string[];
  assisting: { departmentId: string; name: string; path: string[]; dueAt: Date | null; done: boolean }[];
  ownerPath: string[];
  writerId: string | null;
  handlerId: string | null;
  handlerName: string;
  wishedDepartmentId: string | null;
  dueAt: Date | null;
  submittedAt: Date;
  repliedAt: Date | null;
  round: number;
  wantsPublication: boolean;
  visibility: Letter['visibility'];
  topicId: string | null;
  version: number;
}

const rows = new Map<string, QueueRow>();
let filledFrom = '';

/** A letter is on somebody's table while the city owes a step, or until it is closed. */
const isOnTable = (letter: Letter): boolean =>
  letter.open ||
  letter.state === 'replied' ||
  letter.marks.includes('rehandling-asked') ||
  letter.marks.includes('appealed');

const waitingStates = ['submitted', 'accepted', 'assigned', 'returned', 'drafted', 'signed-off', 'replied'];

function toRow(letter: Letter): QueueRow {
  const { lead, handler } = letter;
  return {
    id: letter._id,
    number: letter.number,
    title: letter.title,
    state: letter.state,
    kind: letter.kind,
    box: letter.box,
    channel: letter.channel,
    urgency: letter.urgency,
    subject: letter.subject,
    marks: letter.marks,
    lead: lead && { departmentId: lead.departmentId, name: lead.name, path: lead.path },
    passedFrom: letter.passedFrom.map(({ departmentId }) => departmentId),
    assisting: letter.assisting.map(({ departmentId, name, path, clock, opinion }) => ({
      departmentId,
      name,
      path,
      dueAt: clock.deadline.dueAt,
      done: opinion !== null,
    })),
    ownerPath: letter.ownerPath,
    writerId: letter.writerId,
    handlerId: handler?.id ?? null,
    handlerName: handler?.name ?? '',
    wishedDepartmentId: letter.wishedDepartmentId,
    dueAt: letter.laterDueAt ?? letter.dueAt,
    submittedAt: letter.submittedAt,
    repliedAt: letter.repliedAt,
    round: letter.round,
    wantsPublication: wantsPublication(letter),
    visibility: letter.visibility,
    topicId: letter.topicId,
    version: letter.version,
  };
}

follow({
  take(letters) {
    for (const letter of letters) {
      if (isOnTable(letter)) rows.set(letter._id, toRow(letter));
      else rows.delete(letter._id);
    }
  },
});

const fields = {
  trail: 0,
  outbox: 0,
  pastClocks: 0,
  remarks: 0,
  inquiries: 0,
  draft: 0,
  clocks: 0,
  body: 0,
  replies: 0,
};
let filling: Promise<void> | null = null;

/** The letters on somebody's table, as they are now. They lie in memory, some thousands; the database keeps the rest. */
export async function openLetters(): Promise<ReadonlyMap<string, QueueRow>> {
  if (filledFrom !== mongoose.connection.name) await (filling ??= fill().finally(() => (filling = null)));
  else await catchUp();
  return rows;
}

async function fill(): Promise<void> {
  const begun = new Date();
  rows.clear();
  const wanted: Record<string, unknown>[] = [
    ...waitingStates.map((state) => ({ state })),
    { marks: 'rehandling-asked' },
    { marks: 'appealed' },
  ];
  for (const filter of wanted) {
    for await (const letter of LetterModel.find(filter, fields).lean<Letter>().cursor({ batchSize: 500 })) {
      rows.set(letter._id, toRow(letter));
    }
  }
  // What changed while they were being read is read again
  startFollowing(begun);
  filledFrom = mongoose.connection.name;
}
