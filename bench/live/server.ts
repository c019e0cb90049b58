import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import express from 'express';
import mongoose from 'mongoose';
import type { Actor } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/id.ts';
import { liveRoutes } from '../../src/live/index.ts';
import { attachRealtime, type Realtime } from '../../src/realtime.ts';
import { connectionOptions } from '../../src/platform/database/connection.ts';
import { answerParent } from './child.ts';
import { benchFeature, fillRoom, QuestionModel, VoteModel } from './room.ts';

const delay = monitorEventLoopDelay({ resolution: 5 });
let realtime: Realtime | undefined;
let cpuAt = process.cpuUsage();
let clockAt = performance.now();

const visitor = (request: IncomingMessage): Actor => ({
  kind: 'guest',
  id: /person=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? newId(),
  nickname: null,
  language: 'zh-CN',
  requestId: newId(),
});

async function start({ uri, port }: { uri: string; port: number }) {
  await mongoose.connect(uri, { ...connectionOptions, dbName: 'bench' });
  for (const model of benchFeature.models ?? []) await model.createIndexes();
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(liveRoutes(visitor, benchFeature.socketActions ?? {}));
  const server = createServer(app);
  realtime = attachRealtime(server, {
    features: [benchFeature],
    personOf: async (handshake) => ({ actor: visitor(handshake) }),
  });
  server.listen({ port, host: '0.0.0.0', backlog: 4_096 });
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

async function stored(roomId: string) {
  const questions = await QuestionModel.find({ roomId }).lean();
  const votes = await VoteModel.find({ roomId }).lean();
  return {
    questions: questions.map((question) => question._id),
    votes: votes.map((vote) => vote._id),
  };
}

delay.enable();
process.once('SIGTERM', () => process.exit(0));
answerParent({
  start,
  measure,
  reset,
  stored,
  fill: ({ roomId, count }: { roomId: string; count: number }) => fillRoom(roomId, count),
});
