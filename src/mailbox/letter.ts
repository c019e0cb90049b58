/** Kinds of letter 信件类型. */
export const letterKinds = [
  'consultation', // 咨询
  'suggestion', // 建议
  'complaint', // 投诉
  'help', // 求助
] as const;
export type LetterKind = (typeof letterKinds)[number];

/** Boxes 信箱: one entrance, some with rules and owners of their own. */
export const boxes = [
  'unified', // 统一信箱
  'leader', // 领导信箱
  'efficiency', // 效能投诉
] as const;
export type Box = (typeof boxes)[number];

/** How a letter came in 受理渠道. */
export const channels = [
  'web', // 网上
  'telephone', // 电话（12345）
  'counter', // 窗口
  'paper', // 纸质来信
  'helper', // 代办
  'import', // 历史导入
] as const;
export type Channel = (typeof channels)[number];

/** Urgency 紧急程度: how soon it must be assigned. */
export const urgencies = [
  'normal', // 普通
  'utility', // 水电气暖
  'emergency', // 突发应急
] as const;
export type Urgency = (typeof urgencies)[number];

/** Which time rule the answer follows 办理程序. */
export const procedures = [
  'ordinary', // 一般
  'complex', // 疑难复杂
  'petition', // 信访转办
] as const;
export type Procedure = (typeof procedures)[number];

/** States of a letter 信件状态. Visibility, supervision, joint handling and clocks stand beside it. */
export const letterStates = [
  'submitted', // 待受理
  'declined', // 不予受理
  'accepted', // 已受理
  'assigned', // 已交办
  'returned', // 退办
  'drafted', // 拟复: waits for the head
  'signed-off', // 审签: waits for release
  'replied', // 已答复
  'closed', // 已办结
  'withdrawn', // 已撤回
] as const;
export type LetterState = (typeof letterStates)[number];

/** Who sees the letter beside those who work on it 公开方式. */
export const visibilities = [
  'private', // 不公开
  'listed', // 仅公开标题与办理情况
  'public', // 公开（脱敏文本）
] as const;
export type Visibility = (typeof visibilities)[number];

export const satisfactions = [
  'satisfied', // 满意
  'fairly', // 基本满意
  'dissatisfied', // 不满意
] as const;
export type Satisfaction = (typeof satisfactions)[number];

export const cardColours = [
  'yellow', // 黄牌
  'red', // 红牌
] as const;
export type CardColour = (typeof cardColours)[number];

/** Short words by which queues find letters; kept on the letter so that a list needs nothing else. */
export const marks = [
  'urged', // 已催办
  'supervised', // 已督办
  'yellow-card', // 黄牌
  'red-card', // 红牌
  'appealed', // 申诉中
  'waiting', // 待来信人补充
  'extension-asked', // 申请延期
  'extended', // 已延期
  'rehandling-asked', // 申请重办
  'rehandled', // 重办
  'dissatisfied', // 不满意
  'duplicate', // 重复件
  'sent-back', // 审签退回
  'joint', // 会办
] as const;
export type Mark = (typeof marks)[number];

/** States in which the city owes the next step. */
export const openStates: readonly LetterState[] = [
  'submitted',
  'accepted',
  'assigned',
  'returned',
  'drafted',
  'signed-off',
];
export const isOpen = (state: LetterState): boolean => openStates.includes(state);

/** An extension is granted once; one that was refused, or lapsed undecided, may be asked for again. */
export const mayAskExtension = ({ extension }: { extension: { state: string } | null }): boolean =>
  !extension || extension.state === 'refused' || extension.state === 'lapsed';

/** Who a person is to a letter; one person can be several. */
export type Party =
  | 'writer' // 来信人
  | 'clerk' // 信件管理员
  | 'supervisor' // 督办员
  | 'handler' // 主办单位承办人
  | 'head' // 主办单位负责人
  | 'assistant' // 会办单位
  | 'charged' // 被督办、发牌单位: owes an answer to an order, or may appeal a card, wherever the letter is now
  | 'system';
