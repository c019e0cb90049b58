import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from './app.ts';
import { config } from './config.ts';
import { features } from './features.ts';
import { StartFailure } from './platform/startFailure.ts';
import { attachRealtime } from './realtime.ts';
import { announceEnd } from './web/health.ts';
import type { RunningRole } from './worker.ts';

/** Milliseconds a request under way gets to finish. */
const grace = 10_000;

/** Connections the system may hold before we take them: a crowd that comes back comes at once. */
const backlog = 4_096;

/** Begins to serve people on host and port. Throws StartFailure when the port is taken. */
export async function startWeb(): Promise<RunningRole> {
  const server = createServer(createApp());
  const realtime = attachRealtime(server, { features });
  const lettingGo = letGo(server);
  await listen(server);
  return {
    async stop() {
      announceEnd();
      lettingGo();
      await realtime.close();
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await Promise.race([closed, sleep(grace, undefined, { ref: false })]);
      server.closeAllConnections();
    },
  };
}

/**
 * Gives what is called when the end begins: from then on every answer, also one under way, says that its connection
 * is closed, so that a client that keeps asking goes to another process instead of being cut off.
 */
function letGo(server: Server): () => void {
  const underWay = new Set<ServerResponse>();
  let ending = false;
  const sayLast = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('Connection', 'close');
  };
  server.prependListener('request', (_request, response) => {
    if (ending) return sayLast(response);
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });
  return () => {
    ending = true;
    underWay.forEach(sayLast);
  };
}

/** Fails at once, before a database is started, when nobody could be served anyway. */
export async function checkPort(): Promise<void> {
  const probe = createServer();
  await listen(probe);
  probe.close();
  await once(probe, 'close');
}

async function listen(server: Server): Promise<void> {
  const { host, port } = config;
  try {
    server.listen({ port, host, backlog });
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why: Record<string, string> = {
      EADDRINUSE: 'is taken by another program: stop that one, or set PORT to another number',
      EACCES: 'may not be used by this user: set PORT to a number above 1023',
      EADDRNOTAVAIL: 'cannot be used: HOST is not an address of this machine',
      ENOTFOUND: 'cannot be used: HOST is not an address of this machine',
    };
    throw new StartFailure(`Port ${port} on ${host} ${why[code ?? ''] ?? `cannot be used (${code})`}.`, {
      cause: error,
    });
  }
}
