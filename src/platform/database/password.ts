import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';

/** The one user of the embedded database: other programs and people on this machine reach its port, too. */
const user = 'wenzheng';
const fileIn = (folder: string) => join(folder, 'password');

/** The password that lies among the data and goes with them, readable for us alone; null when there is none yet. */
export function keptPassword(folder: string): string | null {
  try {
    return readFileSync(fileIn(folder), 'utf8').trim() || null;
  } catch {
    return null;
  }
}

/** Makes a password known to a server that still asks for none, and keeps it. */
export async function makePassword(port: number, folder: string): Promise<void> {
  const password = randomBytes(24).toString('base64url');
  const client = await mongoose.mongo.MongoClient.connect(addressOf(port));
  try {
    const admin = client.db('admin');
    const { users } = await admin.command({ usersInfo: user });
    const verb = (users as unknown[]).length > 0 ? 'updateUser' : 'createUser';
    await admin.command({ [verb]: user, pwd: password, roles: ['root'] });
  } finally {
    await client.close();
  }
  writeFileSync(fileIn(folder), password, { mode: 0o600 });
}

/** The address of the server on a port. No retried writes: after a crash it does not know what it had applied. */
export function addressOf(port: number, password?: string | null): string {
  const who = password ? `${user}:${password}@` : '';
  const asked = password ? '&authSource=admin' : '';
  return `mongodb://${who}127.0.0.1:${port}/wenzheng?directConnection=true&retryWrites=false${asked}`;
}
