import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import mongoose from 'mongoose';
import { z } from 'zod';
import type { Actor } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/id.ts';
import { changeRoom, liveRoutes, type Row } from '../../src/live/index.ts';
import { connectionOptions } from '../../src/platform/database/connection.ts';
import { attachRealtime } from '../../src/realtime.ts';

/** One of several processes that serve the same rooms. Its arguments: name of the database. */
const [, , dbName = ''] = process.argv;
await mongoose.connect(process.env['MONGODB_URI'] ?? '', { ...connectionOptions, dbName });
const rows = () => mongoose.connection.collection<Row & { _id: string }>('rows');
const strip = ({ _id, ...row }: Row & { _id: string }): Row => row;

const visitor: Actor = { kind: 'guest', id: newId(), nickname: null, language: 'en', requestId: 'peer' };
const write = async (_actor: Actor, input: unknown) => {
  const { id } = z.object({ id: z.string() }).parse(input);
  await changeRoom('shared', 'r', async (revision) => {
    const row = { id, kind: 'q', revision };
    await rows().insertOne({ _id: id, ...row });
    return { public: [row] };
  });
};
const feature = {
  name: 'shared',
  rooms: [
    {
      kind: 'shared',
      audiences: ['public'] as const,
      async load() {
        const stored = (await rows().find().toArray()).map(strip);
        return { revision: Math.max(0, ...stored.map((row) => row.revision)), rows: { public: stored }, counters: {} };
      },
      admit: async () => undefined,
    },
  ],
  socketActions: { write },
};

const app = express().use(
  express.json(),
  liveRoutes(() => visitor, feature.socketActions),
);
const server = createServer(app);
attachRealtime(server, {
  features: [feature],
  personOf: async ({ headers }) => ({ actor: { ...visitor, id: String(headers['x-person'] ?? newId()) } }),
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit(0));
