import { hasRole, type Actor } from '../../kernel/actor.ts';
import { sayIn } from './words.ts';

const addresses = { board: '', stages: '/stages', figures: '/figures', resurvey: '/resurvey', topics: '/topics' };
export type SupervisionTab = keyof typeof addresses;

/** Calls and topics are the city's; heads see how their department does. */
const ofCity: readonly SupervisionTab[] = ['resurvey', 'topics'];

/** The tabs of /office/supervision that this person may open, one of them open. */
export function supervisionTabs(actor: Actor, current: SupervisionTab) {
  const say = sayIn(actor.language);
  const mayAll = hasRole(actor, 'supervisor', 'clerk');
  const shown = (Object.keys(addresses) as SupervisionTab[]).filter((tab) => mayAll || !ofCity.includes(tab));
  return shown.map((tab) => ({
    href: `/office/supervision${addresses[tab]}`,
    text: say(`supervision-tabs.${tab}`),
    current: tab === current,
  }));
}
