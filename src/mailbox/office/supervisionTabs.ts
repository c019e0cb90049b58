import type { Language } from '../../kernel/language.ts';
import { sayIn } from './words.ts';

const addresses = { board: '', stages: '/stages', figures: '/figures', resurvey: '/resurvey', topics: '/topics' };
export type SupervisionTab = keyof typeof addresses;

/** The tabs of /office/supervision, one of them open. */
export function supervisionTabs(language: Language, current: SupervisionTab) {
  const say = sayIn(language);
  return (Object.keys(addresses) as SupervisionTab[]).map((tab) => ({
    href: `/office/supervision${addresses[tab]}`,
    text: say(`supervision-tabs.${tab}`),
    current: tab === current,
  }));
}
