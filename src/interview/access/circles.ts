import type { Actor } from '../../kernel/actor.ts';

/** Who may ask 提问, and who may support 支持, in one interview. */
export const circles = [
  'everyone', // 所有人: visitors without an account, too
  'verified', // 已验证公众: those who proved an e-mail address
] as const;
export type Circle = (typeof circles)[number];

/** True when this person is among those; an interview from before there was a choice takes everyone. */
export function isIn(circle: Circle | undefined, actor: Pick<Actor, 'kind'>): boolean {
  return circle !== 'verified' || actor.kind === 'citizen';
}
