import { createHmac } from 'node:crypto';
import { secretFor } from '../config.ts';
import type { Language } from '../kernel/language.ts';
import { now } from '../kernel/time.ts';
import { type ImportSteps, ImportStepsModel, type TableImport } from './importModel.ts';
import type { StepInput } from './plan.ts';
import { columnWords, writeSheet } from './sheet.ts';
import { tableOf } from './table.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'; // as identifiers have it: nothing to mistake when read aloud

/**
 * The one-time password of an account that an import opens: four groups of four letters, 80 bits. Derived from the
 * secret of the installation and the import's own salt, so that it lies nowhere, is the same when the import goes on
 * after an interruption, and can never be had again once the salt is gone.
 */
export function importPassword(salt: string, accountId: string): string {
  const bytes = createHmac('sha256', secretFor('import-passwords')).update(`${salt}\n${accountId}`).digest();
  const letters = Array.from(bytes.subarray(0, 16), (byte) => alphabet[byte % alphabet.length]).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
}

/** A one-time password that an import gave out. */
interface GivenPassword {
  userName: string;
  displayName: string;
  password: string;
}

/** The passwords of the accounts that an import opened; none while it runs, and none a day after its end. */
export async function passwordsOf(run: TableImport): Promise<GivenPassword[]> {
  if (run.endedAt === null) return [];
  const kept = await ImportStepsModel.findById(run._id).lean<ImportSteps>();
  if (!kept || kept.expiresAt <= now()) return [];
  const { verbs } = tableOf(run.kind);
  const given: StepInput[] = [];
  for (const [place, { verb, input }] of kept.steps.entries()) {
    const how = verbs[verb];
    if (!how?.opensAccount) continue;
    // Where it broke off, only what is stored tells how far it came
    const opened = run.state === 'done' ? !run.refused.includes(place) : await how.isDone(input);
    if (opened) given.push(input);
  }
  return given.map((input) => ({
    userName: String(input['userName']),
    displayName: String(input['displayName']),
    password: importPassword(kept.salt, String(input['id'])),
  }));
}

/** The passwords as a file. */
export function passwordSheet(passwords: readonly GivenPassword[], language: Language): string {
  return writeSheet(
    ['userName', 'displayName', 'password'].map((column) => columnWords(column, language)),
    passwords.map(({ userName, displayName, password }) => [userName, displayName, password]),
  );
}
