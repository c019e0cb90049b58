import { letterStates, openStates, type LetterState, type Party } from './letter.ts';

interface Transition {
  from: readonly LetterState[];
  /** Null: the state stays as it is. */
  to: LetterState | null;
  by: readonly Party[];
  /** True when the writer sees the entry on the tracking page. */
  told: boolean;
}

const move = (
  from: readonly LetterState[],
  to: LetterState | null,
  by: readonly Party[],
  told = false,
): Transition => ({
  from,
  to,
  by,
  told,
});
const inDepartment = ['assigned', 'drafted', 'signed-off'] as const;
const answered = ['replied', 'closed'] as const;
const handlers = ['handler', 'head'] as const;
const overseers = ['clerk', 'supervisor'] as const;

/** Everything that can happen to a letter: from which states, to which, by whom. The one table that actions follow. */
export const transitions = {
  accept: move(['submitted'], 'accepted', ['clerk'], true), // 受理
  decline: move(['submitted'], 'declined', ['clerk'], true), // 不予受理
  classify: move(openStates, null, ['clerk']), // 分类
  assign: move(['accepted', 'returned'], 'assigned', ['clerk'], true), // 交办
  reassign: move(inDepartment, 'assigned', ['clerk'], true), // 改派
  recall: move(inDepartment, 'accepted', ['clerk']), // 撤回交办
  sign: move(['assigned'], null, handlers, true), // 签收
  'take-over': move(['assigned'], null, handlers), // 转为我承办
  appoint: move(['assigned'], null, ['head']), // 指派承办人
  return: move(['assigned'], 'returned', handlers), // 退办
  ask: move(['assigned'], null, handlers, true), // 要求补充
  supplement: move(['assigned'], null, ['writer'], true), // 补充材料
  resume: move(['assigned'], null, ['system'], true), // 逾期未补充
  opinion: move(inDepartment, null, ['assistant']), // 会办意见
  draft: move(['assigned'], null, handlers), // 拟稿
  submit: move(['assigned'], 'drafted', handlers), // 送审
  'sign-off': move(['drafted'], 'signed-off', ['head']), // 审签
  'send-back': move(['drafted', 'signed-off'], 'assigned', ['head', 'clerk']), // 退回修改
  release: move(['signed-off'], 'replied', ['clerk'], true), // 发布答复
  publish: move(answered, null, ['clerk']), // 公开
  hide: move(letterStates, null, ['clerk']), // 撤下
  withdraw: move(['submitted', 'accepted', 'returned', 'assigned', 'drafted'], 'withdrawn', ['writer'], true), // 撤回
  rate: move(answered, null, ['writer'], true), // 评价
  'ask-rehandling': move(answered, null, ['writer'], true), // 申请重办
  'grant-rehandling': move(answered, 'assigned', ['clerk'], true), // 同意重办
  'refuse-rehandling': move(answered, null, ['clerk'], true), // 不同意重办
  'ask-extension': move(['assigned', 'drafted'], null, handlers), // 申请延期
  'grant-extension': move(['assigned', 'drafted', 'signed-off'], null, ['clerk'], true), // 同意延期
  'refuse-extension': move(['assigned', 'drafted', 'signed-off'], null, ['clerk']), // 不同意延期
  'move-deadline': move(openStates, null, overseers, true), // 放假安排变动，期限顺延
  'pass-down': move(['assigned'], null, handlers, true), // 下转
  'pass-up': move(['assigned'], null, handlers, true), // 上报
  link: move(letterStates, null, ['clerk']), // 关联重复件
  urge: move(openStates, null, overseers), // 催办
  'order-supervision': move(letterStates, null, ['supervisor', 'clerk', 'system']), // 督办单
  'answer-order': move(letterStates, null, ['charged']), // 督办反馈
  remind: move(openStates, null, ['system']), // 到期提醒
  card: move(openStates, null, ['supervisor', 'system']), // 发牌
  'appeal-card': move(letterStates, null, ['charged']), // 申诉
  'decide-appeal': move(letterStates, null, ['supervisor']), // 申诉处理
  'withdraw-card': move(letterStates, null, ['supervisor']), // 撤牌
  'remind-rating': move(['replied'], null, ['system']), // 评价提醒
  'drop-file': move(letterStates, null, ['system'], true), // 清除带毒附件
  close: move(['replied'], 'closed', ['clerk', 'system'], true), // 办结
  'merge-topic': move(letterStates, null, overseers), // 归并热点
  resurvey: move(answered, null, overseers), // 电话回访
} as const satisfies Record<string, Transition>;

export type LetterVerb = keyof typeof transitions | 'submit-letter' | 'import';

/** Gives the row of the table. */
export const transitionOf = (verb: keyof typeof transitions): Transition => transitions[verb];

/** True when this may happen in that state at all. */
export const isPossible = (verb: keyof typeof transitions, state: LetterState): boolean =>
  transitionOf(verb).from.includes(state);
