import { MongoBulkWriteError, MongoNetworkError, MongoServerError, MongoServerSelectionError } from 'mongodb';

const duplicateKey = 11_000;

/** True when a write was refused because a unique index has that value already. `field` asks for one index only. */
export function isDuplicate(error: unknown, field?: string): boolean {
  if (!(error instanceof MongoServerError) || error.code !== duplicateKey) return false;
  if (!field) return true;
  const first = error instanceof MongoBulkWriteError ? [error.writeErrors].flat()[0]?.errmsg : undefined;
  const pattern = (error['keyPattern'] ?? {}) as Record<string, unknown>;
  return field in pattern || `${first ?? ''} ${error.message}`.includes(field);
}

/** True when the database was not reachable, which passes by itself: answer "in a moment", do not call it a defect. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return true;
  const name = error instanceof Error ? error.name : '';
  return name === 'MongooseServerSelectionError' || name === 'MongoNotConnectedError' || name === 'PoolClearedError';
}
