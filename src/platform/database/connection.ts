import { join } from 'node:path';
import mongoose from 'mongoose';
import { config } from '../../config.ts';
import { StartFailure } from '../startFailure.ts';
import { startServer, type EmbeddedServer, type ServerOptions } from './server.ts';

let embedded: EmbeddedServer | null = null;

/** The driver looks for a lost server this often, and a caller waits this long for one, in milliseconds. */
const lookEvery = 1_000;
const waitAtMost = 5_000;

/** Options of every connection. Writes are acknowledged when they are on disk, not before. */
export const connectionOptions: mongoose.ConnectOptions = {
  serverSelectionTimeoutMS: waitAtMost,
  heartbeatFrequencyMS: lookEvery,
  connectTimeoutMS: waitAtMost, // a server that hangs is found out after this, too
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
  journal: true,
};

/** Connects to MONGODB_URI, or starts the embedded database first. Throws StartFailure with a sentence for the operator. */
export async function openDatabase(tell?: ServerOptions['tell']): Promise<void> {
  if (!config.mongodbUri) {
    embedded = await startServer({
      folder: join(config.dataFolder, 'db'),
      searchPath: config.searchPath,
      runtimeFolder: config.runtimeFolder,
      ...(tell && { tell }),
    });
  }
  const uri = config.mongodbUri ?? embedded?.uri ?? '';
  try {
    await mongoose.connect(uri, connectionOptions);
  } catch (error) {
    await closeDatabase();
    const place = config.mongodbUri ? `at ${hostOf(uri)} (MONGODB_URI)` : 'that was just started';
    throw new StartFailure(`The database ${place} does not answer: ${(error as Error).message}`, { cause: error });
  }
}

/** Disconnects and, when we started the server, stops it. */
export async function closeDatabase(): Promise<void> {
  await mongoose.disconnect();
  await embedded?.stop();
  embedded = null;
}

/** True while the database answers; false between its loss and its return, which needs no restart. */
export function databaseReady(): boolean {
  return mongoose.connection.readyState === mongoose.ConnectionStates.connected;
}

/** The host part of an address, without name and password. */
function hostOf(uri: string): string {
  return /^[^/]+\/\/(?:[^/]*@)?([^/?]+)/.exec(uri)?.[1] ?? 'the given address';
}
