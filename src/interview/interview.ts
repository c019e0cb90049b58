/** States of an interview 访谈, in the order in which it passes through them. */
export const interviewStates = [
  'draft', // 草拟
  'announced', // 预告: questions are taken from here on
  'live', // 直播中
  'closed', // 已结束: record and late answers are being finished
  'archived', // 已归档: the record is published for good
  'cancelled', // 已取消: announced, then called off with a reason
] as const;
export type InterviewState = (typeof interviewStates)[number];

/** What moves an interview from one state to the next. */
export const interviewMoves = {
  announce: { from: ['draft'], to: 'announced' },
  start: { from: ['announced'], to: 'live' },
  unstart: { from: ['live'], to: 'announced' }, // started by mistake
  close: { from: ['live'], to: 'closed' },
  archive: { from: ['closed'], to: 'archived' },
} as const satisfies Record<string, { from: readonly InterviewState[]; to: InterviewState }>;
export type InterviewMove = keyof typeof interviewMoves;

/** Phases 环节 of the live hour; the host goes through them freely. */
export const phases = [
  'opening', // 开场
  'presentation', // 嘉宾介绍
  'answering', // 问答
  'break', // 休息
  'summary', // 总结
] as const;
export type Phase = (typeof phases)[number];

/** Roles inside one interview; one person may hold several. */
export const interviewRoles = [
  'host', // 主持人
  'guest', // 嘉宾
  'screener', // 审核员
  'recorder', // 文字实录员
  'director', // 导播
  'reviewer', // 答复审核人: lets answers through 政策关
] as const;
export type InterviewRole = (typeof interviewRoles)[number];

type Deed =
  | 'ask'
  | 'support'
  | 'screen'
  | 'draft'
  | 'answer'
  | 'record'
  | 'release'
  | 'correct'
  | 'confirm'
  | 'direct'
  | 'edit'
  | 'staff';

/** In which states what may be done at all; who may do it stands in policy.ts. */
const open: Record<Deed, readonly InterviewState[]> = {
  ask: ['announced', 'live'],
  support: ['announced', 'live'],
  screen: ['announced', 'live', 'closed'],
  draft: ['announced', 'live', 'closed'],
  answer: ['live', 'closed'],
  record: ['draft', 'announced', 'live', 'closed'],
  release: ['live', 'closed'],
  correct: ['closed'],
  confirm: ['closed', 'archived'],
  direct: ['live'],
  edit: ['draft', 'announced'],
  staff: ['draft', 'announced', 'live', 'closed'],
};

/** States in which this may be done, for the filter of a write. */
export function statesOpenTo(deed: Deed): InterviewState[] {
  return [...open[deed]];
}

/** True when an interview in this state takes this. */
export function isOpenTo(deed: Deed, state: InterviewState): boolean {
  return open[deed].includes(state);
}

/** True when everyone may see the interview. */
export function isPublic(state: InterviewState): boolean {
  return state !== 'draft';
}

/** What is told of a changed date: a new time is news until the start; that the interview is called off stays. */
export function changeToTell<Change>({
  state,
  change,
}: {
  state: InterviewState;
  change?: Change | null;
}): Change | null {
  return state === 'announced' || state === 'cancelled' ? (change ?? null) : null;
}
