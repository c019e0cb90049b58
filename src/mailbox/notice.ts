/** What people are told about a letter; words stand in `mailbox.notices.<kind>` and mails in views/mails/letter/. */
export const noticeKinds = [
  'received', // 收件回执
  'accepted', // 受理告知
  'declined', // 不予受理告知
  'asked', // 请补充
  'extended', // 延期告知
  'passed', // 转办告知
  'replied', // 答复告知
  'rating', // 评价邀请
  'rehandling-granted', // 同意重办
  'rehandling-refused', // 不同意重办
  'withdrawn', // 撤回确认
  'file-removed', // 附件带毒告知
  'assigned', // 交办通知（单位）
  'supplemented', // 已补充（单位）
  'reminder', // 到期提醒（单位）
  'urged', // 催办（单位）
  'ordered', // 督办（单位）
  'yellow-card', // 黄牌（单位）
  'red-card', // 红牌（单位及上级）
  'sent-back', // 审签退回（单位）
  'recalled', // 撤回交办或改派（原承办单位）
  'taken-over', // 由同事接手（原承办人）
  'appointed', // 指派承办（新承办人）
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** An entry of a letter's outbox 待发通知: written together with the change it tells of. */
export interface Notice {
  id: string;
  kind: NoticeKind;
  to: 'writer' | 'department';
  /** Department that is told, when it is one. */
  departmentId: string | null;
  at: Date;
  /** Values for the sentence; nothing personal but what is sealed. */
  data: Record<string, string | number | null>;
  /** The query code, sealed, in the receipt only. */
  sealed: string | null;
}

/** Answers to what the writer did this very moment; they go out on free days too. */
export const immediate: readonly NoticeKind[] = ['received', 'withdrawn'];
