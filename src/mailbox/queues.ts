import type { Actor } from '../kernel/actor.ts';
import { mayIn } from '../kernel/may.ts';
import type { QueueRow } from './board.ts';
import { isDueSoon, isOverdue } from './boardMeasures.ts';
import type { Party } from './letter.ts';
import { partiesOf } from './policy.ts';

interface Queue {
  /** Who has this queue on their desk. */
  for: readonly Party[];
  holds(row: QueueRow, seen: Seen): boolean;
}
/** What is worked out once a row for all queues. */
export interface Seen {
  actor: Actor;
  at: Date;
  parties: ReadonlySet<Party>;
}

const marked = (mark: QueueRow['marks'][number]) => (row: QueueRow) => row.marks.includes(mark);
const mine = (row: QueueRow, { actor }: Seen) => row.handlerId === actor.id;

/** Whether they passed the letter on down 下转: they may still act, but it is the turn of those below. */
export const isPassedOn = (actor: Actor, { passedFrom, lead }: Pick<QueueRow, 'passedFrom' | 'lead'>): boolean =>
  actor.kind === 'staff' &&
  passedFrom.some((id) => actor.roles.some(({ departmentId }) => departmentId === id)) &&
  !actor.roles.some(({ departmentId }) => departmentId === lead?.departmentId);

/** The queues of the office 待办列表, in the order of the side bar; `all` comes last. */
export const queues = {
  intake: { for: ['clerk'], holds: (row) => row.state === 'submitted' }, // 待受理
  'to-assign': { for: ['clerk'], holds: (row) => row.state === 'accepted' || row.state === 'returned' }, // 待交办
  returned: { for: ['clerk'], holds: (row) => row.state === 'returned' }, // 退办
  'to-release': { for: ['clerk'], holds: (row) => row.state === 'signed-off' }, // 待发布
  'to-decide': {
    for: ['clerk'],
    holds: (row) => row.marks.includes('extension-asked') || row.marks.includes('rehandling-asked'),
  }, // 待审批
  'to-publish': { for: ['clerk'], holds: (row) => row.wantsPublication }, // 待公开
  'to-sign': {
    for: ['handler', 'head'],
    holds: (row, { actor }) => row.state === 'assigned' && row.handlerId === null && !isPassedOn(actor, row),
  }, // 待签收
  mine: { for: ['handler', 'head'], holds: (row, seen) => row.state === 'assigned' && mine(row, seen) }, // 我的
  department: { for: ['handler', 'head'], holds: (row) => row.state === 'assigned' }, // 本单位在办
  'to-sign-off': { for: ['head'], holds: (row) => row.state === 'drafted' }, // 待审签
  'sent-back': { for: ['handler', 'head'], holds: (row) => row.state === 'assigned' && marked('sent-back')(row) }, // 审签退回
  assisting: {
    for: ['assistant'],
    holds: (row, { actor }) =>
      row.state !== 'replied' && row.assisting.some((one) => !one.done && mayIn(actor, one.path, 'handler', 'head')),
  }, // 会办
  'due-soon': {
    for: ['clerk', 'supervisor', 'handler', 'head'],
    holds: (row, { at }) => isDueSoon(row, at),
  }, // 临期
  overdue: {
    for: ['clerk', 'supervisor', 'handler', 'head'],
    holds: (row, { at }) => isOverdue(row, at),
  }, // 超期
  waiting: { for: ['clerk', 'supervisor', 'handler', 'head'], holds: marked('waiting') }, // 待补充
  urged: { for: ['supervisor', 'handler', 'head'], holds: marked('urged') }, // 已催办
  supervised: { for: ['supervisor', 'handler', 'head'], holds: marked('supervised') }, // 已督办
  cards: {
    for: ['supervisor', 'head'],
    holds: (row) => row.marks.includes('yellow-card') || row.marks.includes('red-card'),
  }, // 黄红牌
  appeals: { for: ['supervisor'], holds: marked('appealed') }, // 申诉
  dissatisfied: { for: ['clerk', 'supervisor', 'head'], holds: marked('dissatisfied') }, // 不满意
  all: { for: ['clerk', 'supervisor', 'handler', 'head', 'assistant'], holds: () => true }, // 全部在办
} as const satisfies Record<string, Queue>;
export type QueueName = keyof typeof queues;
export const queueNames = Object.keys(queues) as QueueName[];

/** True when the letter stands in this queue of this person. */
export function standsIn(name: QueueName, row: QueueRow, seen: Seen): boolean {
  const queue: Queue = queues[name];
  return queue.for.some((party) => seen.parties.has(party)) && queue.holds(row, seen);
}

/**
 * Looks at rows for one person. Letters of the same places in the tree mean the same to them, so it is worked out once;
 * a department that moved has letters from before with the place they were frozen with.
 */
export function lookerFor(actor: Actor, at: Date): (row: QueueRow) => Seen {
  const known = new Map<string, Seen>();
  return (row) => {
    const places = [row.ownerPath, row.lead?.path ?? [], ...row.assisting.map((one) => one.path)];
    const key = places.map((path) => path.join('/')).join(' ');
    let seen = known.get(key);
    if (!seen) known.set(key, (seen = { actor, at, parties: partiesOf(actor, row) }));
    return seen;
  };
}
