import { config } from './config.ts';
import { administratorExists, createAccount, resetSecondFactor, staffByUserName } from './identity/index.ts';
import { systemActor } from './kernel/actor.ts';
import { Refusal } from './kernel/errors.ts';
import { createDepartment, listDepartments } from './organization/index.ts';
import { closeDatabase, openDatabase } from './platform/database/connection.ts';
import { translate } from './platform/language.ts';
import { prepareFeatures } from './prepare.ts';

/**
 * Opens the first account of a new city. Takes user name, name and the city's name from the command line; prints the
 * password for the first sign-in. Refuses when somebody administers the city already.
 */
async function openFirstAdministrator([userName, displayName, cityName]: readonly string[]): Promise<string> {
  if (!userName || !displayName || !cityName) return 'Usage: scripts/administrator USER-NAME "NAME" "NAME OF THE CITY"';
  await prepareFeatures();
  if (await administratorExists()) return 'There is an administrator already: ask them at /office/accounts.';
  const actor = systemActor('command line');
  const root = (await listDepartments())[0] ?? (await createDepartment(actor, { name: cityName, level: 'city' }));
  const { oneTimePassword } = await createAccount(actor, {
    userName,
    displayName,
    departmentId: root.id,
    role: 'administrator',
  });
  return `${displayName} signs in at ${config.baseUrl}/office/sign-in as ${userName} with ${oneTimePassword}`;
}

/**
 * Takes the second factor of a named account away, for an administrator who lost telephone and recovery codes and has
 * nobody above who could do it. Stands in the audit trail as done from the command line; all sessions of the account end.
 */
async function takeSecondFactorAway(userName: string | undefined): Promise<string> {
  if (!userName) return 'Usage: scripts/administrator --reset-second-factor USER-NAME';
  await prepareFeatures();
  const account = await staffByUserName(userName);
  if (!account) return `There is no active account ${userName}.`;
  await resetSecondFactor(systemActor('command line'), { id: account.id });
  return `${account.name} (${account.userName}) signs in with the password alone now, and sets up a new second factor where the role demands it.`;
}

const [first, ...rest] = process.argv.slice(2);
const told = () =>
  first === '--reset-second-factor' ? takeSecondFactorAway(rest[0]) : openFirstAdministrator(process.argv.slice(2));

await openDatabase();
try {
  process.stdout.write(`${await told()}\n`);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  const sentences = [error.told, ...Object.values(error.fields)].map(({ key, params }) => translate('en', key, params));
  process.stderr.write(`${sentences.join(' ')}\n`);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
