import type { Turn } from '../turnModel.ts';

/** What a picture of the record is attached to, for the store of files. */
export const pictureOwner = (turnId: string): string => `turn:${turnId}`;

/** Addresses and size of a turn's picture for rows and pages; null when it has none. */
export function turnPicture(turn: Pick<Turn, '_id' | 'interviewId' | 'picture'>) {
  if (!turn.picture) return null;
  const src = `/interviews/${turn.interviewId}/pictures/${turn._id}`;
  return { src, small: `${src}/small`, width: turn.picture.width, height: turn.picture.height };
}
