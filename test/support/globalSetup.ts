import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type EmbeddedServer } from '../../src/platform/database/server.ts';
import { fileURLToPath } from 'node:url';

export interface TestServer {
  server: EmbeddedServer;
  folder: string;
}
declare global {
  var wenzhengTestServer: TestServer | undefined;
}

/** Starts the one database server of the run, unless MONGODB_URI names another to be proved. */
export default async function globalSetup(): Promise<void> {
  if (process.env['MONGODB_URI']) return;
  const folder = mkdtempSync(join(tmpdir(), 'wenzheng-test-'));
  const server = await startServer({
    folder,
    searchPath: process.env['PATH'] ?? '',
    runtimeFolder: fileURLToPath(new URL('../../.runtime', import.meta.url)),
  });
  process.env['MONGODB_URI'] = server.uri;
  globalThis.wenzhengTestServer = { server, folder };
}
