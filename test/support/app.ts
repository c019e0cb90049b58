import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from '@jest/globals';
import type { Realtime } from '../../src/realtime.ts';
import { useDatabase } from './database.ts';

/** The running application of one test file. */
export interface RunningApp {
  /** `http://127.0.0.1:port` */
  base: string;
  server: Server;
  /** Its live side; may be closed and attached again, as a restart does. */
  realtime: Realtime;
}

/** Starts the whole web application on its own database for this test file; stops it afterwards. */
export function useApp(): RunningApp {
  useDatabase();
  const running = {} as RunningApp;
  beforeAll(async () => {
    const { createApp } = await import('../../src/app.ts');
    const { prepareFeatures } = await import('../../src/prepare.ts');
    await prepareFeatures();
    const { attachRealtime } = await import('../../src/realtime.ts');
    const { features } = await import('../../src/features.ts');
    running.server = createServer(createApp());
    running.realtime = attachRealtime(running.server, { features });
    await new Promise<void>((resolve) => running.server.listen(0, '127.0.0.1', resolve));
    running.base = `http://127.0.0.1:${(running.server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await running.realtime.close();
    running.server.closeAllConnections();
    await new Promise((resolve) => running.server.close(resolve));
  });
  return running;
}
