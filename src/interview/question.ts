import { isOpenTo, type InterviewState } from './interview.ts';

/** States of a question 提问; each is told to the asker in plain words. */
export const questionStates = [
  'received', // 已收到
  'screening', // 审核中: a screener looks at it now
  'published', // 已发布
  'rejected', // 未采用, with the reason
  'answered', // 已答复
  'merged', // 已合并 into a published one that asks the same
  'hidden', // 已隐藏: was out, taken from every screen by the host
  'withdrawn', // 已撤回 by its asker before it was decided; nobody sees it any more
] as const;
export type QuestionState = (typeof questionStates)[number];

/** What moves a question, from which states. */
export const questionMoves = {
  claim: { from: ['received', 'screening'], to: 'screening' },
  release: { from: ['screening'], to: 'received' },
  publish: { from: ['received', 'screening'], to: 'published' },
  reject: { from: ['received', 'screening'], to: 'rejected' },
  reconsider: { from: ['published', 'rejected'], to: 'screening' },
  merge: { from: ['received', 'screening', 'published'], to: 'merged' },
  answer: { from: ['published', 'answered'], to: 'answered' },
  hide: { from: ['published', 'answered'], to: 'hidden' },
  show: { from: ['hidden'], to: 'published' },
  withdraw: { from: ['received', 'screening'], to: 'withdrawn' },
} as const satisfies Record<string, { from: readonly QuestionState[]; to: QuestionState }>;
export type QuestionMove = keyof typeof questionMoves;

/** Reasons for not taking a question up; `other` needs words of the screener's own. */
export const rejectReasons = [
  'off-topic', // 与本期主题无关
  'answered-already', // 同样的问题已经回答
  'personal-matter', // 涉及个人隐私或个案，宜走信箱
  'not-a-question', // 不是一个问题
  'unlawful', // 含有违法或攻击他人的内容
  'advertising', // 广告
  'other',
] as const;
export type RejectReason = (typeof rejectReasons)[number];
/** Why a question was rejected: for a reason of its own, because its asker was banned 禁言, or because the interview ended before. */
export type RejectionReason = RejectReason | 'banned' | 'not-reached';

/** True when everyone may see a question in this state. */
export function isPublicQuestion(state: QuestionState): boolean {
  return state === 'published' || state === 'answered';
}

/** True while its asker may take a question back: nobody has decided on it, and no other was merged into it. */
export function mayWithdraw(
  { state, alike }: { state: QuestionState; alike?: number },
  interview: { state?: InterviewState },
): boolean {
  const waits = state === 'received' || state === 'screening';
  return waits && !alike && interview.state !== undefined && isOpenTo('screen', interview.state);
}
