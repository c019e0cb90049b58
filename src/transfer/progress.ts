import type { Language } from '../kernel/language.ts';
import type { Message } from '../kernel/errors.ts';
import { translate } from '../platform/language.ts';
import { writeSheet } from './sheet.ts';

/** How an import stands: looked at only, running by itself, ended, taken back. */
export type ImportState = keyof typeof tones;
const tones = {
  draft: 'attention',
  waiting: 'active',
  running: 'active',
  done: 'done',
  failed: 'overdue',
  undoing: 'active',
  undone: 'done',
} as const;
const going: readonly ImportState[] = ['waiting', 'running', 'undoing'];

/** What a page shows of an import under way: how far in whole percent, the state in words, and whether it still moves. */
export function importProgress(
  run: { state: ImportState; done: number; of: number; partly?: boolean },
  language: Language,
) {
  const { state, done, of, partly = false } = run;
  const word = state === 'done' && partly ? 'partly' : state;
  return {
    percent: of > 0 ? Math.min(100, Math.floor((100 * done) / of)) : 100,
    going: going.includes(state),
    status: {
      tone: word === 'partly' ? 'attention' : tones[state],
      text: translate(language, `transfer.states.${word}`),
    },
  };
}

/** The faults of an import as a file: places by number, then what is wrong. */
export function faultSheet(
  header: readonly string[],
  faults: readonly { places: readonly number[]; told: Message }[],
  language: Language,
): string {
  return writeSheet(
    header,
    faults.map(({ places, told }) => [...places.map(String), translate(language, told.key, told.params)]),
  );
}
