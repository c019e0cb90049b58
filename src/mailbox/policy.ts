import { hasRole, type Actor, type StaffRole } from '../kernel/actor.ts';
import { conflict, forbidden, notFound } from '../kernel/errors.ts';
import { mayIn, mayCityWide } from '../kernel/may.ts';
import type { Party } from './letter.ts';
import type { Card, Order } from './supervisionRecord.ts';
import { requireLetter } from './letterModel.ts';
import type { Letter } from './record.ts';
import { isPossible, transitionOf, type transitions } from './transitions.ts';

/** What of a letter decides who may do what; lists carry it too. */
export type Standing = Pick<Letter, 'ownerPath' | 'writerId' | 'state'> & {
  lead: { path: readonly string[] } | null;
  assisting: readonly { path: readonly string[] }[];
  orders?: readonly Pick<Order, 'departmentId' | 'path' | 'answer'>[];
  cards?: readonly Pick<Card, 'departmentId' | 'path' | 'appeal' | 'withdrawn'>[];
};

/** Who answers for a card or an order: the department that got it. */
export const answersFor = (
  actor: Actor,
  { departmentId, path }: Pick<Order, 'departmentId' | 'path'>,
  ...roles: readonly StaffRole[]
): boolean => mayIn(actor, path ?? [departmentId], ...roles);

const isOpenOrder = ({ answer }: Pick<Order, 'answer'>): boolean => answer === null;
const isOpenCard = ({ appeal, withdrawn }: Pick<Card, 'appeal' | 'withdrawn'>): boolean => !appeal && !withdrawn;

/** Orders of a letter that this person may answer. */
export const ordersToAnswer = <One extends Pick<Order, 'departmentId' | 'path' | 'answer'>>(
  actor: Actor,
  orders: readonly One[] = [],
): One[] => orders.filter((one) => isOpenOrder(one) && answersFor(actor, one, 'handler', 'head'));

/** Cards of a letter against which this person may appeal. */
export const cardsToAppeal = <One extends Pick<Card, 'departmentId' | 'path' | 'appeal' | 'withdrawn'>>(
  actor: Actor,
  cards: readonly One[] = [],
): One[] => cards.filter((one) => isOpenCard(one) && answersFor(actor, one, 'head'));

/** A box with an owner belongs to the owner's clerks alone; all others to the secretariat and the branch's clerks. */
function isClerk(actor: Actor, letter: Standing): boolean {
  if (actor.kind !== 'staff') return false;
  const owner = letter.ownerPath.at(-1);
  if (owner) return actor.roles.some((grant) => grant.role === 'clerk' && grant.departmentId === owner);
  return mayCityWide(actor, 'clerk') || (letter.lead !== null && mayIn(actor, letter.lead.path, 'clerk'));
}

function isSupervisor(actor: Actor, letter: Standing): boolean {
  return mayCityWide(actor, 'supervisor') || (letter.lead !== null && mayIn(actor, letter.lead.path, 'supervisor'));
}

/** Everything this person is to the letter. Administrators are nothing to it. */
export function partiesOf(actor: Actor, letter: Standing): Set<Party> {
  const parties = new Set<Party>();
  if (actor.kind === 'system') parties.add('system');
  if (actor.kind === 'citizen' && letter.writerId === actor.id) parties.add('writer');
  if (actor.kind !== 'staff') return parties;
  if (isClerk(actor, letter)) parties.add('clerk');
  if (isSupervisor(actor, letter)) parties.add('supervisor');
  if (letter.lead && mayIn(actor, letter.lead.path, 'handler')) parties.add('handler');
  if (letter.lead && mayIn(actor, letter.lead.path, 'head')) parties.add('head');
  if (letter.assisting.some(({ path }) => mayIn(actor, path, 'handler', 'head'))) parties.add('assistant');
  if (ordersToAnswer(actor, letter.orders).length + cardsToAppeal(actor, letter.cards).length > 0) {
    parties.add('charged');
  }
  return parties;
}

/** Officials see what they work on, decide on or supervise. */
export const canRead = (actor: Actor, letter: Standing): boolean =>
  actor.kind === 'system' || (actor.kind === 'staff' && partiesOf(actor, letter).size > 0);

/** True when the table lets this person do this to the letter as it is. */
export function may(actor: Actor, letter: Standing, verb: keyof typeof transitions): boolean {
  const parties = partiesOf(actor, letter);
  return isPossible(verb, letter.state) && transitionOf(verb).by.some((party) => parties.has(party));
}

/** Who enters letters for people who cannot write on line 代办. */
export const canEnterOnBehalf = (actor: Actor): boolean => actor.kind === 'system' || hasRole(actor, 'clerk');

/** Whoever has work with letters anywhere. */
export const worksWithLetters = (actor: Actor): boolean => hasRole(actor, 'clerk', 'supervisor', 'head', 'handler');

/**
 * Gives the letter for one act of an official: 404 when it is not theirs to see, 403 when it is not their part, 409
 * when the state does not allow it or the page they acted on is older than the letter (`version`).
 */
export async function letterForAct(
  actor: Actor,
  id: string,
  verb: keyof typeof transitions,
  version?: number,
): Promise<Letter> {
  const letter = await requireLetter(id);
  if (!canRead(actor, letter)) throw notFound('mailbox.errors.no-letter');
  const parties = partiesOf(actor, letter);
  if (!transitionOf(verb).by.some((party) => parties.has(party))) throw forbidden('mailbox.errors.not-your-part');
  if (!isPossible(verb, letter.state)) throw conflict('mailbox.errors.not-in-this-state');
  if (version !== undefined && version !== letter.version) throw conflict('mailbox.errors.somebody-was-faster');
  return letter;
}
