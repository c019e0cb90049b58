import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createApp } from '../../src/app.ts';
import { config } from '../../src/config.ts';
import { features } from '../../src/features.ts';
import { openDatabase } from '../../src/platform/database/connection.ts';
import { openQueue } from '../../src/platform/queue/open.ts';
import { watchSettings } from '../../src/platform/settings.ts';
import { prepareFeatures } from '../../src/prepare.ts';
import { attachRealtime, type Realtime } from '../../src/realtime.ts';
import { startWorkers } from '../../src/worker.ts';
import { answerParent } from './child.ts';
import { fill, prepare, stored } from './city.ts';

const delay = monitorEventLoopDelay({ resolution: 5 });
let realtime: Realtime | undefined;
let cpuAt = process.cpuUsage();
let clockAt = performance.now();

/** The product as src/start.ts starts it, pages, sockets and jobs in one process; only the port is the bench's. */
async function start({ port }: { port: number }) {
  await openDatabase();
  openQueue(config.redisUrl);
  await prepareFeatures();
  watchSettings();
  await startWorkers();
  const server = createServer(createApp());
  realtime = attachRealtime(server, { features });
  server.listen({ port, host: '127.0.0.1', backlog: 4_096 });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function measure() {
  const cpu = process.cpuUsage(cpuAt);
  const seconds = (performance.now() - clockAt) / 1_000;
  const loop = { loopP99: delay.percentile(99) / 1e6, loopMax: delay.max / 1e6 };
  await settle();
  const result = {
    cpu: (cpu.user + cpu.system) / 1e6 / seconds,
    rss: process.memoryUsage.rss(),
    heap: process.memoryUsage().heapUsed,
    heapTotal: process.memoryUsage().heapTotal,
    external: process.memoryUsage().external,
    sockets: realtime?.count() ?? 0,
    ...loop,
  };
  reset();
  return result;
}

/** Gives freed memory back, so that what remains is what people cost. */
async function settle(): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function reset(): void {
  cpuAt = process.cpuUsage();
  clockAt = performance.now();
  delay.reset();
}

delay.enable();
process.once('SIGTERM', () => process.exit(0));
answerParent({ start, measure, reset, prepare, fill, stored });
