import { describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { disableAccount } from '../../src/identity/actions/disableAccount.ts';
import { grantRole } from '../../src/identity/actions/grantRole.ts';
import { resetPassword } from '../../src/identity/actions/resetPassword.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { useApp } from '../support/app.ts';
import { cityId, makeStaff } from '../support/identity.ts';
import { type Caller, signIn } from '../support/signIn.ts';
import { patience } from '../support/until.ts';

const app = useApp();
const system = systemActor('test');

/** Opens a socket with the cookies of a caller. */
async function openSocket(caller: Caller): Promise<Socket> {
  const extraHeaders = { cookie: caller.cookie, origin: app.base };
  const socket = io(app.base, { transports: ['websocket'], reconnection: false, forceNew: true, extraHeaders });
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', resolve);
    socket.on('connect_error', reject);
  });
  return socket;
}

async function closes(socket: Socket, withinMs: number): Promise<boolean> {
  if (!socket.connected) return true;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), withinMs);
    socket.on('disconnect', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

describe('an open socket', () => {
  const ways: [string, (id: string, caller: Caller) => Promise<unknown>][] = [
    ['a role is given', async (id) => grantRole(system, { id, role: 'clerk', departmentId: await cityId() })],
    ['the account is closed', (id) => disableAccount(system, { id })],
    ['the password is reset', (id) => resetPassword(system, { id })],
    ['the person signs out', (_, caller) => caller.post('/sign-out')],
  ];
  it.each(ways)('ends when %s; nobody else’s does', async (_, act) => {
    const [account, other] = [await makeStaff({ roles: ['handler'] }), await makeStaff()];
    const caller = await signIn(app, account);
    const [socket, bystander] = [await openSocket(caller), await openSocket(await signIn(app, other))];
    try {
      const ended = closes(socket, patience);
      await act(account.id, caller);
      expect(await ended).toBe(true);
      expect(await closes(bystander, 150)).toBe(false);
    } finally {
      socket.close();
      bystander.close();
    }
  });
});
