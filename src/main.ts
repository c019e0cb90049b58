import { config } from './config.ts';
import { demoAccounts } from './demo/index.ts';
import { logger } from './platform/logger.ts';
import { StartFailure } from './platform/startFailure.ts';
import { start } from './start.ts';
import type { RunningRole } from './worker.ts';

const running: RunningRole[] = [];
const say = (text: string) => process.stdout.write(`${text}\n`);

let ending: Promise<never> | undefined;

/** Stops what runs, one after another, and ends the process. */
function end(code: number): Promise<never> {
  ending ??= (async () => {
    for (const role of running.splice(0)) {
      await role.stop().catch((error: unknown) => logger.error({ error, event: 'stop' }, 'A part did not stop'));
    }
    process.exit(code);
  })();
  return ending;
}

/** A second signal does not wait any longer; the database still ends in good order, for its keeper sees us go. */
function onSignal(name: NodeJS.Signals): void {
  if (ending) process.exit(1);
  logger.info({ event: 'stopping', signal: name }, 'Stopping');
  void started.then(() => end(0));
}

async function run(): Promise<void> {
  try {
    await start(running);
  } catch (error) {
    if (error instanceof StartFailure) process.stderr.write(`\n${error.message}\n`);
    else logger.fatal({ error, event: 'start' }, 'The program could not start');
    if (!(error instanceof StartFailure)) process.stderr.write(`${(error as Error).stack ?? String(error)}\n`);
    await end(1);
  }
  if (config.roles.includes('web')) say(`\nWenzheng 问政: ${config.baseUrl}`);
  else say('\nWenzheng 问政: worker running');
  if (config.mode === 'demo') sayDemo();
}

/** Who can be tried out, for the terminal in which the demo was started. */
function sayDemo(): void {
  say(
    `Officials sign in with one click at ${config.baseUrl}/office/sign-in, or with a name and the password ${demoAccounts.password}:`,
  );
  say(`  ${demoAccounts.userNames.join(', ')}`);
  say('Demo city. Stop with Ctrl-C; start again and everything is still there.\n');
}

process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
process.on('unhandledRejection', (error) => {
  logger.error({ error, event: 'unhandled' }, 'A promise was rejected and nobody looked');
});
process.on('uncaughtException', (error) => {
  logger.fatal({ error, event: 'uncaught' }, 'Ending after an error nobody expected');
  void end(1);
});
const started = run();
