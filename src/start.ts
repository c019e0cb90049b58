import mongoose from 'mongoose';
import { config, productionProblems } from './config.ts';
import { demoSizes, fillDemoCity, isDemoCityWhole, startAudience, tellLetters } from './demo/index.ts';
import { hasDemoAccounts } from './identity/index.ts';
import { closeDatabase, openDatabase } from './platform/database/connection.ts';
import { holdsDemo, holdsRealCity, markDemo } from './platform/database/demoMark.ts';
import { logger } from './platform/logger.ts';
import { measureProcess } from './platform/metrics.ts';
import { keepPrivate } from './platform/privateFolder.ts';
import { peopleFirst } from './platform/queue/crowd.ts';
import { openQueue } from './platform/queue/open.ts';
import { closeQueue } from './platform/queue/queue.ts';
import { watchSettings } from './platform/settings.ts';
import { StartFailure } from './platform/startFailure.ts';
import { prepareFeatures } from './prepare.ts';
import { checkPort, startWeb } from './serve.ts';
import { startWorkers, type RunningRole } from './worker.ts';

/** Starts everything this process is to do; gives what runs, in the order in which it must stop. Throws StartFailure. */
export async function start(running: RunningRole[]): Promise<void> {
  const { roles } = config;
  if (config.faults.length > 0) throw new StartFailure(listed('The settings cannot be read:', config.faults));
  process.umask(0o077); // letters and who wrote them are nobody's on this machine but the program's
  keepPrivate(config.dataFolder);
  if (roles.includes('web')) await checkPort();
  await openCheckedDatabase(running);
  if (config.mode === 'demo') await refuseRealCity();
  openQueue(config.redisUrl);
  if (roles.includes('web')) peopleFirst();
  running.unshift({ stop: closeQueue });
  await prepareFeatures();
  if (config.mode === 'demo') {
    await fillDemoCity((what) => process.stdout.write(`${what}\n`), {
      ...demoSizes[config.demoSize],
      later: roles.includes('web'),
    });
  }
  const forgetSettings = watchSettings();
  running.unshift({ stop: async () => forgetSettings() });
  measureProcess();
  // The last to start is the first to stop: people, then jobs, then the database.
  if (roles.includes('worker')) running.unshift(await startWorkers());
  if (roles.includes('web')) running.unshift(await startWeb());
  if (roles.includes('web') && config.mode === 'demo') running.unshift({ stop: await startAudience() });
  if (roles.includes('web') && config.mode === 'demo') running.unshift({ stop: tellLetters() });
}

async function openCheckedDatabase(running: RunningRole[]): Promise<void> {
  if (config.mode === 'production' && !config.mongodbUri) refuse(productionProblems(config, false));
  try {
    await openDatabase((what) => {
      logger[what === 'back' ? 'info' : 'error']({ event: `database.${what}` }, databaseWords[what]);
    });
  } catch (error) {
    if (config.mode === 'production') refuse([...productionProblems(config, false), (error as Error).message]);
    throw error;
  }
  running.unshift({ stop: closeDatabase });
  if (config.mode !== 'production') return;
  refuse(productionProblems(config, (await holdsDemo()) || (await hasDemoAccounts())));
}

const databaseWords = {
  lost: 'The embedded database ended unexpectedly; it is being started again.',
  failing: 'The embedded database does not come back yet; trying again.',
  back: 'The embedded database is back.',
};

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new StartFailure(listed('This cannot serve a city yet:', problems));
}

const listed = (head: string, lines: readonly string[]) => [head, ...lines.map((line) => `  - ${line}`)].join('\n');

/** The demo never mixes into a real city; one whose filling was broken off begins anew. */
async function refuseRealCity(): Promise<void> {
  if (await holdsRealCity()) {
    throw new StartFailure(
      'The database holds a real city, and this is the demo: set NODE_ENV=production, or MONGODB_URI to an empty one.',
    );
  }
  if ((await holdsDemo()) && !(await isDemoCityWhole())) await mongoose.connection.dropDatabase();
  await markDemo();
}
