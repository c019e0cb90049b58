import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from '@jest/globals';
import { useDatabase } from './database.ts';

/** The running application of one test file. */
export interface RunningApp {
  /** `http://127.0.0.1:port` */
  base: string;
  server: Server;
}

/** Starts the whole web application on its own database for this test file; stops it afterwards. */
export function useApp(): RunningApp {
  useDatabase();
  const running = {} as RunningApp;
  let realtime: { close(): Promise<unknown> };
  beforeAll(async () => {
    const { createApp } = await import('../../src/app.ts');
    const { prepareFeatures } = await import('../../src/prepare.ts');
    await prepareFeatures();
    const { attachRealtime } = await import('../../src/realtime.ts');
    const { features } = await import('../../src/features.ts');
    running.server = createServer(createApp());
    realtime = attachRealtime(running.server, { features });
    await new Promise<void>((resolve) => running.server.listen(0, '127.0.0.1', resolve));
    running.base = `http://127.0.0.1:${(running.server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await realtime.close();
    running.server.closeAllConnections();
    await new Promise((resolve) => running.server.close(resolve));
  });
  return running;
}
