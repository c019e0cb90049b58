import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from '@jest/globals';
import express from 'express';
import { createApp } from '../../src/app.ts';
import type { StaffRole } from '../../src/kernel/actor.ts';
import { prepareFeatures } from '../../src/prepare.ts';
import { sessions } from '../../src/web/session.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/identity.ts';

export interface SignedInApp {
  base: string;
  /** A path that signs in a new official with these roles, without the form. */
  doorOf(...roles: StaffRole[]): Promise<string>;
}

/** The whole application with one more door, through which tests come in as an official. */
export function useSignedInApp(): SignedInApp {
  useDatabase();
  const app = {
    base: '',
    doorOf: async (...roles: StaffRole[]) => `/test/signed-in/${(await makeStaff({ roles })).id}`,
  };
  let server: Server;
  beforeAll(async () => {
    await prepareFeatures();
    const outer = express();
    outer.get('/test/signed-in/:id', sessions(), (request, response) => {
      Object.assign(request.session, { personKind: 'staff', personId: request.params.id, startedAt: Date.now() });
      response.end();
    });
    server = createServer(outer.use(createApp())).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    app.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return app;
}
