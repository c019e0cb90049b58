import type { NamedFiles } from '../platform/uploads/jobs.ts';
import { LetterModel } from './letterModel.ts';
import type { Letter } from './record.ts';

/** What the files of a letter and of its supplements are attached to. */
export const fileOwner = (letterId: string): string => `letter:${letterId}`;

/** The files that letters and supplements name. */
export const filesOfLetters: NamedFiles = async (ids, since) => {
  const wanted = new Set(ids);
  const named = { $or: [{ attachments: { $in: [...ids] } }, { 'inquiries.answer.attachments': { $in: [...ids] } }] };
  const letters = await LetterModel.find(
    { changedAt: { $gte: since }, ...named },
    { attachments: 1, 'inquiries.answer.attachments': 1 },
  ).lean<Pick<Letter, '_id' | 'attachments' | 'inquiries'>[]>();
  return new Map(
    letters.flatMap(({ _id, attachments, inquiries = [] }) =>
      [...attachments, ...inquiries.flatMap(({ answer }) => answer?.attachments ?? [])]
        .filter((id) => wanted.has(id))
        .map((id): [string, string] => [id, fileOwner(_id)]),
    ),
  );
};
