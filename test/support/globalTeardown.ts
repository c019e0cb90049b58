import { rmSync } from 'node:fs';

/** Stops the server that globalSetup started and removes its files. */
export default async function globalTeardown(): Promise<void> {
  const running = globalThis.wenzhengTestServer;
  if (!running) return;
  await running.server.stop();
  rmSync(running.folder, { recursive: true, force: true });
}
