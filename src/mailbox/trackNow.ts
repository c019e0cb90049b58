import type { Language } from '../kernel/language.ts';
import { translate } from '../platform/language.ts';
import type { Letter } from './record.ts';
import { nameInLanguage } from '../organization/index.ts';

/** What the writer can do with the letter as it is; the page shows a form for each. */
export const writerActs = ['supplement', 'rate', 'ask-rehandling', 'withdraw'] as const;
export type WriterAct = (typeof writerActs)[number];

/** Where on the page the form of an act stands. */
const anchors: Record<WriterAct, string> = {
  supplement: '#supplement',
  rate: '#rate',
  'ask-rehandling': '#rehandling',
  withdraw: '#withdraw',
};

/** The three things a writer wants to know first: who has it, what is being done, what they can do. */
export function whereItIs(letter: Letter, acts: readonly WriterAct[], language: Language) {
  const say = (key: string, params?: Record<string, unknown>) => translate(language, `mailbox-track.${key}`, params);
  const asked = letter.rehandling?.state === 'asked';
  const doing = acts.includes('supplement') ? 'waiting' : asked && !letter.open ? 'rehandling-asked' : letter.state;
  const department = nameInLanguage(letter.lead?.name ?? '', language);
  return {
    who: say(`who.${holderOf(letter, doing)}`, { department }),
    helpers: letter.open
      ? letter.assisting.map(({ name }) => nameInLanguage(name, language)).join(language === 'en' ? ', ' : '、')
      : '',
    doing: say(`doing.${doing}`, { department }),
    /** What is said where there is nothing to do. */
    idle: say(letter.open || asked ? 'nothing-to-do' : 'nothing-left'),
    acts: acts.map((act) => ({ href: anchors[act], text: say(`acts.${act}`) })),
  };
}

/** In whose hands the letter is 在谁手里; a letter that is withdrawn or declined is in nobody's. */
function holderOf(letter: Letter, doing: string): 'you' | 'nobody' | 'department' | 'city' {
  if (doing === 'waiting') return 'you';
  if (doing === 'withdrawn' || doing === 'declined') return 'nobody';
  const answered = letter.open || letter.repliedAt !== null;
  return letter.lead !== null && answered && doing !== 'rehandling-asked' ? 'department' : 'city';
}
