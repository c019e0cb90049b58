import { startServer, type EmbeddedServer } from '../../src/platform/database/server.ts';
import { fileURLToPath } from 'node:url';
import { scratchFolder } from './scratch.ts';

export interface TestServer {
  server: EmbeddedServer;
  folder: string;
}
declare global {
  var wenzhengTestServer: TestServer | undefined;
}

/** Starts the one database server of the run, unless MONGODB_URI names another to be proved. */
export default async function globalSetup(): Promise<void> {
  // For the programs that tests start: the second start reads less
  process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('../../.runtime/compiled', import.meta.url));
  if (process.env['MONGODB_URI']) return;
  const folder = scratchFolder('wenzheng-test-');
  const server = await startServer({
    folder,
    searchPath: process.env['PATH'] ?? '',
    runtimeFolder: fileURLToPath(new URL('../../.runtime', import.meta.url)),
  });
  process.env['MONGODB_URI'] = server.uri;
  globalThis.wenzhengTestServer = { server, folder };
}
