import type { Guest, Interview } from '../interviewModel.ts';
import { checksOf, type Check } from './checkModel.ts';
import { passagesOf, wordsOf, type OwnPassage } from './passages.ts';

/** How far a guest's check of the record is. */
export type CheckState =
  | 'confirmed' // 已核对
  | 'changed' // confirmed, and something was changed since
  | 'open'; // 尚未核对

/** One guest who said something, and what they say about the record. */
export interface GuestCheck {
  guest: Pick<Guest, 'id' | 'name' | 'title'>;
  passages: OwnPassage[];
  /** Fingerprint of the passages as they are now. */
  words: string;
  state: CheckState;
  at: Date | null;
  by: string;
  note: string;
  check: Check | undefined;
}

/** Where each guest who said something in public stands. */
export async function guestChecks(interview: Pick<Interview, '_id' | 'guests'>): Promise<GuestCheck[]> {
  const [passages, checks] = await Promise.all([passagesOf(interview._id), checksOf(interview._id)]);
  return interview.guests.flatMap((guest): GuestCheck[] => {
    const own = passages.filter(({ guestId }) => guestId === guest.id);
    if (own.length === 0) return [];
    const check = checks.get(guest.id);
    const words = wordsOf(own);
    const confirmed = check?.confirmed ?? null;
    const state = confirmed === null ? 'open' : confirmed.words === words ? 'confirmed' : 'changed';
    return [
      {
        guest: { id: guest.id, name: guest.name, title: guest.title },
        passages: own,
        words,
        state,
        at: confirmed?.at ?? null,
        by: confirmed?.by.name ?? '',
        note: confirmed?.note ?? '',
        check,
      },
    ];
  });
}
