// Pure, for server and page alike: answers as their desks show them.
import type { DeskContext, DeskRow } from '../cards.ts';

/** An answer that was handed in and is not out yet, as desks see it. */
interface DeskPending {
  text: string;
  version: number;
  stage: string;
  by: string;
  at: string;
  original: string | null;
  cosigners: { guestId: string; name: string; title: string }[];
  agreed: string[];
  reviewed: boolean;
  returned: { by: string; remark: string; at: string } | null;
}
export interface DeskAnswer {
  id: string;
  guestId: string;
  guestName: string;
  guestTitle: string;
  published: boolean;
  text: string;
  draft: string;
  version: number;
  pending: DeskPending | null;
  steps: object[];
}
interface DeskPassed {
  guestId: string | null;
  departmentId: string | null;
  jointly: { guestId: string; name: string }[];
  name: string;
  by: string;
}

const isOut = (row: DeskRow) => row['state'] === 'published' || row['state'] === 'answered';
const isWaiting = (row: DeskRow) => row['state'] === 'received' || row['state'] === 'screening';

/** What sending an answer does next: the word on the button. */
export type SendWord = 'publish' | 'correct' | 'joint' | 'review' | 'waiting';

function sendWord(row: DeskRow, own: DeskAnswer | null, cosigners: number, reviewed: boolean): SendWord {
  if (cosigners > 0) return 'joint';
  if (reviewed) return 'review';
  if (!isOut(row)) return 'waiting';
  return own?.published ? 'correct' : 'publish';
}

/** A joint answer that this guest signs but does not write. */
function signedBy(row: DeskRow, answers: readonly DeskAnswer[], passed: DeskPassed | null, guestId: string) {
  if (!passed?.jointly.some((one) => one.guestId === guestId)) return null;
  const lead = answers.find((answer) => answer.guestId === passed.guestId);
  const pending = lead?.pending ?? null;
  return {
    writer: passed.name,
    answerId: lead?.id ?? '',
    version: pending?.version ?? 0,
    text: pending?.text ?? null,
    /** The words that were agreed to before a reviewer changed them: everybody who signs is asked again. */
    before: pending?.stage === 'agreeing' ? pending.original : null,
    returned: pending?.returned ?? null,
    mayAgree: pending?.stage === 'agreeing' && !pending.agreed.includes(guestId),
    agreed: pending?.agreed.includes(guestId) ?? false,
    out: lead?.published === true && pending === null && isOut(row),
  };
}

/** What is on its way of one's own answer. */
function underway(own: DeskAnswer | null) {
  const pending = own?.pending;
  if (!pending) return null;
  return {
    ...pending,
    answerId: own.id,
    missing: pending.cosigners.filter((one) => !pending.agreed.includes(one.guestId)).map(({ name }) => name),
    reworded: pending.original === null ? null : pending.text,
  };
}

/** A question as the guest's partial prints it: their own answer, and what others wrote. */
export function answeringCard(row: DeskRow, desk: DeskContext, guestId: string) {
  const answers = row['answers'] as DeskAnswer[];
  const own = answers.find((answer) => answer.guestId === guestId) ?? null;
  const passed = row['passed'] as DeskPassed | null;
  const joint = signedBy(row, answers, passed, guestId);
  const forMe =
    joint !== null ||
    (passed !== null &&
      (passed.guestId === guestId ||
        (passed.departmentId !== null && desk.departments?.includes(passed.departmentId) === true)));
  const jointly = passed?.guestId === guestId ? passed.jointly.map(({ name }) => name) : [];
  const waiting = isWaiting(row);
  const onStage = desk.onStage === row.id;
  const toOthers = passed !== null && !forMe;
  return {
    ...row,
    /** The host calls this guest: what is answered now is nobody else's, and this guest has not answered it. */
    called: onStage && isOut(row) && !toOthers && joint === null && own?.published !== true,
    base: `${desk.base}/answering/${row.id}`,
    guestId,
    forMe,
    passedBy: forMe ? (passed?.by ?? null) : null,
    notYet: waiting,
    shown: isOut(row) || (forMe && waiting),
    votes: desk.votes[row.id] ?? 0,
    onStage,
    draft: own?.draft ?? '',
    version: own?.version ?? 0,
    published: own?.published ?? false,
    unsent: own !== null && own.draft !== '' && own.draft !== own.text,
    jointly,
    joint,
    underway: underway(own),
    send: sendWord(row, own, jointly.length, desk.reviewed === true),
    others: answers.filter((answer) => answer.guestId !== guestId && (answer.published || answer.draft !== '')),
    answeredByOthers: answers.some((answer) => answer.guestId !== guestId && answer.published),
  };
}

/** What a guest can choose to see of the questions. */
export const answeringLists = [
  'all',
  'open', // 还没答复的: neither by this guest nor by a colleague
  'mine', // 转给我的
  'answered', // 已答复的
] as const;
export type AnsweringList = (typeof answeringLists)[number];

/** True when a question stands in one of those lists. */
export function isListed(list: AnsweringList, card: ReturnType<typeof answeringCard>): boolean {
  const answered = card.published || card.answeredByOthers;
  return list === 'all' || (list === 'mine' ? card.forMe : answered === (list === 'answered'));
}

/** The answers of a question that wait for a reviewer, each as the reviewer's partial prints it. */
export function reviewingCards(row: DeskRow, desk: DeskContext) {
  const gone = !isOut(row) && !isWaiting(row) && row['state'] !== 'hidden';
  const answers = gone ? [] : (row['answers'] as DeskAnswer[]);
  return answers.flatMap((answer) => {
    const { pending } = answer;
    if (!pending?.reviewed) return [];
    return [
      {
        id: answer.id,
        revision: row.revision,
        questionId: row.id,
        question: String(row['text']),
        notYet: isWaiting(row),
        onStage: desk.onStage === row.id,
        votes: desk.votes[row.id] ?? 0,
        base: `${desk.base}/reviewing/${row.id}`,
        guestName: answer.guestName,
        guestTitle: answer.guestTitle,
        cosigners: pending.cosigners.map(({ name }) => name),
        now: answer.published ? answer.text : null,
        text: pending.text,
        original: pending.original,
        version: pending.version,
        stage: pending.stage,
        waiting: pending.stage === 'reviewing',
        returned: pending.returned,
        by: pending.by,
        at: pending.at,
        steps: answer.steps,
      },
    ];
  });
}
