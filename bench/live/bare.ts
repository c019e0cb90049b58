import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { answerParent } from './child.ts';
import { questionText } from './texts.ts';

/** Plain Socket.IO as its documentation shows it, WebSocket only: what the live engine is compared with. */
const server = createServer();
const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
io.on('connection', (socket) => {
  void socket.join('room');
  socket.on('join', (_where: unknown, acknowledge: (answer: object) => void) =>
    acknowledge({ ok: true, value: { revision: 0 } }),
  );
});
let revision = 0;

async function start() {
  server.listen({ port: 0, host: '0.0.0.0', backlog: 4_096 });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** One emit to everybody with as many questions as a delta has. */
function emit({ questions }: { questions: number }): void {
  const at = Date.now();
  const rows = Array.from({ length: questions }, (_, index) => {
    revision += 1;
    return {
      id: `b${revision}`,
      kind: 'question',
      revision,
      text: questionText(index),
      asker: '市民',
      state: 'published',
      department: '市住房和城乡建设局',
      at,
    };
  });
  const from = revision - questions;
  io.to('room').emit('delta', {
    kind: 'bench',
    id: 'r',
    audience: 'public',
    from,
    to: revision,
    rows,
    counters: {},
    at,
  });
}

let cpuAt = process.cpuUsage();
let clockAt = performance.now();
process.once('SIGTERM', () => process.exit(0));
answerParent({
  start,
  emit,
  reset: () => {
    cpuAt = process.cpuUsage();
    clockAt = performance.now();
  },
  measure: () => {
    const cpu = process.cpuUsage(cpuAt);
    return { cpu: (cpu.user + cpu.system) / 1e3 / (performance.now() - clockAt) };
  },
});
