import { may } from '../policy.ts';
import { isPassedOn } from '../queues.ts';
import type { Act, Bench } from './act.ts';
import { clerkActs } from './clerkActs.ts';
import { departmentActs } from './departmentActs.ts';
import { publishAct } from './publishDesk.ts';
import { supervisionActs } from './supervisionActs.ts';

/** Everything that can be done on the workbench, the likely first. Addresses end in these names. */
const order = [
  'accept',
  'assign',
  'decide-rehandling',
  'decide-extension',
  'decide-appeal',
  'release',
  'sign-off',
  'sign',
  'opinion',
  'answer-order',
  'reply',
  'publish',
  'ask',
  'return',
  'pass-down',
  'pass-up',
  'ask-extension',
  'appeal-card',
  'send-back',
  'appoint',
  'take-over',
  'reassign',
  'recall',
  'decline',
  'urge',
  'order',
  'card',
  'withdraw-card',
  'classify',
  'link',
  'topic',
  'resurvey',
  'close',
  'hide',
] as const;
export type ActName = (typeof order)[number];

const acts: Record<string, Act> = { ...clerkActs, ...departmentActs, ...supervisionActs, publish: publishAct };

/** Gives the act of an address, or undefined. */
export const actNamed = (name: string): Act | undefined =>
  (order as readonly string[]).includes(name) ? acts[name] : undefined;

/** What this person may do to the letter now, the likely one first. */
export function offersFor(bench: Bench): ActName[] {
  return order.filter((name) => {
    const act = acts[name];
    if (name === 'sign' && passedOn(bench)) return false;
    return act && may(bench.actor, bench.letter, act.verb) && (act.when?.(bench) ?? true);
  });
}

/** Acts that are a duty; others are only offered, never opened by themselves. */
const duties: readonly ActName[] = order.slice(0, order.indexOf('ask'));

/** Acts beside the course of a letter. */
export const seldomActs: readonly ActName[] = [
  'take-over',
  'appoint',
  'reassign',
  'recall',
  'withdraw-card',
  'classify',
  'link',
  'topic',
  'close',
  'hide',
];

/** The act that opens by itself: the first duty on offer. */
export const likelyOf = (offers: readonly ActName[], bench: Bench): ActName | undefined =>
  offers.find((name) => duties.includes(name) && !(ofHandler.includes(name) && passedOn(bench)));

const ofHandler: readonly ActName[] = ['sign', 'reply'];
const passedOn = ({ actor, letter }: Bench): boolean =>
  isPassedOn(actor, { lead: letter.lead, passedFrom: letter.passedFrom.map(({ departmentId }) => departmentId) });
