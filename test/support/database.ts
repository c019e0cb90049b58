import { afterAll, beforeAll } from '@jest/globals';
import mongoose from 'mongoose';
import { config } from '../../src/config.ts';
import { newId } from '../../src/kernel/id.ts';
import type { Indexed } from '../../src/feature.ts';
import { connectionOptions } from '../../src/platform/database/connection.ts';
import { backgroundDone } from '../../src/platform/queue/queue.ts';
import { patience } from './until.ts';

/** Gives this test file a database of its own, with the indexes of the models named, and drops it afterwards. */
export function useDatabase(models: readonly Indexed[] = []): void {
  beforeAll(async () => {
    if (!config.mongodbUri) throw new Error('No database: run the tests through jest, whose global setup starts one.');
    const patient = { serverSelectionTimeoutMS: patience, connectTimeoutMS: patience };
    await mongoose.connect(config.mongodbUri, { ...connectionOptions, ...patient, dbName: `test-${newId()}` });
    for (const model of models) await model.createIndexes();
  });
  afterAll(async () => {
    await backgroundDone();
    await mongoose.connection.dropDatabase();
    await mongoose.disconnect();
  });
}
