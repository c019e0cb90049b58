import { createHash, createHmac } from 'node:crypto';
import mongoose from 'mongoose';
import { secretFor } from '../../src/config.ts';
import { newId } from '../../src/kernel/id.ts';

/** Opens a session of an official in the store and gives its cookie, without going through the sign-in page. */
export async function staffCookie(personId: string): Promise<{ name: string; value: string }> {
  const id = newId(24);
  const signature = createHmac('sha256', secretFor('session')).update(id).digest('base64').replace(/=+$/, '');
  const expires = new Date(Date.now() + 3_600_000);
  const cookie = { originalMaxAge: 3_600_000, expires, httpOnly: true, path: '/' };
  await mongoose.connection.collection<{ _id: string }>('sessions').insertOne({
    _id: createHash('sha256').update(id).digest('base64url'),
    expires,
    session: { cookie, personKind: 'staff', personId, startedAt: Date.now() },
  } as never);
  return { name: 'wz_session', value: encodeURIComponent(`s:${id}.${signature}`) };
}
