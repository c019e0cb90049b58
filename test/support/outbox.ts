import { features } from '../../src/features.ts';
import { ShelvedLetterModel } from '../../src/platform/mailShelf.ts';
import { runDueJobs } from '../../src/platform/queue/queue.ts';

/** The sign-in code in the newest letter to an address, after everything due was sent. */
export async function codeSentTo(address: string): Promise<string> {
  await runDueJobs(features.flatMap((feature) => feature.jobs ?? []));
  const to = address.trim().toLowerCase();
  const letter = await ShelvedLetterModel.findOne({ to }).sort({ at: -1 }).lean();
  const [, code] = /\b(\d{6})\b/.exec(letter?.text ?? '') ?? [];
  if (!code) throw new Error(`No code was sent to ${to}`);
  return code;
}
