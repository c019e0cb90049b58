import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { config } from '../../src/config.ts';
import { newId } from '../../src/kernel/id.ts';
import { startServer } from '../../src/platform/database/server.ts';
import { freePort } from '../../src/platform/freePort.ts';
import { endPrograms, ready, startProgram, type Program } from './program.ts';
import { patience, until } from '../support/until.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('问政 program ');
const DATA_FOLDER = join(folder, '数据 data');
const databases: string[] = [];
const doors: (() => Promise<void>)[] = [];
afterAll(async () => {
  await endPrograms();
  for (const shut of doors.splice(0)) await shut();
  rmSync(folder, { recursive: true, force: true });
  for (const uri of databases) await withDatabase(uri, (client) => client.db().dropDatabase());
});

async function withDatabase<Result>(uri: string, work: (client: MongoClient) => Promise<Result>): Promise<Result> {
  const client = await MongoClient.connect(uri);
  return work(client).finally(() => client.close());
}

/** An address of an empty database on the tests' own server. */
function ownDatabase(): string {
  const uri = new URL(config.mongodbUri ?? '');
  uri.pathname = `/test-${newId()}`;
  databases.push(uri.href);
  return uri.href;
}

/** Processes whose command names the folder: the database servers and keepers of this test. */
function processesOver(path: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(path);
      } catch {
        return false;
      }
    })
    .map(Number);
}
const databaseServer = () =>
  processesOver(DATA_FOLDER).find((pid) => /secantusd|mongod/.test(readFileSync(`/proc/${pid}/comm`, 'utf8')));
const status = async (address: string, accept = 'text/html') =>
  (await fetch(address, { headers: { accept }, redirect: 'manual', signal: AbortSignal.timeout(patience) })).status;

describe('the program over its own database', () => {
  let program: Program;
  afterAll(endPrograms);

  it('starts, serves, stops on SIGTERM and leaves no process', async () => {
    program = await startProgram({ DATA_FOLDER });
    await ready(program);
    expect(await status(`${program.base}/healthz`)).toBe(200);
    expect(await status(`${program.base}/readyz`)).toBe(200);
    expect(await (await fetch(`${program.base}/metrics`)).text()).toContain('wenzheng_event_loop_delay_seconds');
    expect(await status(`${program.base}/nothing-here`)).toBe(404);
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(processesOver(DATA_FOLDER)).toEqual([]);
  });

  it('keeps other users of the machine out of its folder, also of what lay there before', async () => {
    const old = join(DATA_FOLDER, 'uploads', '00');
    mkdirSync(old, { recursive: true });
    writeFileSync(join(old, 'picture'), 'old');
    for (const [path, mode] of [
      [DATA_FOLDER, 0o755],
      [old, 0o755],
      [join(old, 'picture'), 0o644],
    ] as const) {
      chmodSync(path, mode);
    }
    program = await startProgram({ DATA_FOLDER });
    await ready(program);
    const open = ['.', ...(readdirSync(DATA_FOLDER, { recursive: true }) as string[])].filter(
      (name) => (statSync(join(DATA_FOLDER, name)).mode & 0o077) !== 0,
    );
    expect(open).toEqual([]);
  });

  it('when it stops, lets go at once of clients that keep their connection', async () => {
    const { port } = new URL(program.base);
    const client = connect(Number(port), '127.0.0.1').setEncoding('utf8');
    let heard = '';
    client.on('data', (text: string) => (heard += text));
    const closed = once(client, 'close');
    const lines = ['POST /nothing-here HTTP/1.1', 'Host: a', 'Content-Length: 3', 'Content-Type: application/json'];
    client.write(`${lines.join('\r\n')}\r\n\r\n`);
    expect(await status(`${program.base}/readyz`)).toBe(200); // by now the other request is under way
    program.child.kill('SIGTERM');
    await until(async () => (await status(`${program.base}/readyz`).catch(() => 0)) !== 200);
    client.write('{} ');
    await closed;
    expect(heard).toMatch(/^HTTP\/1\.1 4\d\d [^]*\r\nConnection: close\r\n/);
    expect(await program.ended).toBe(0);
  });

  it('starts a second time over the same data, with the same secret, and no second copy beside it', async () => {
    const secret = readFileSync(join(DATA_FOLDER, 'secret'), 'utf8');
    program = await startProgram({ DATA_FOLDER });
    await ready(program);
    expect(readFileSync(join(DATA_FOLDER, 'secret'), 'utf8')).toBe(secret);
    expect(secret.length).toBeGreaterThan(40);
    const other = await startProgram({ DATA_FOLDER });
    expect(await other.ended).toBe(1);
    expect(other.output()).toMatch(/data folder is in use/);
  });

  it('serves again by itself when its database was killed', async () => {
    const server = databaseServer();
    if (!server) throw new Error('no database server');
    process.kill(server, 'SIGKILL');
    await until(() => program.output().includes('"event":"database.back"'));
    expect(program.output()).toContain('"event":"database.lost"');
    await until(async () => (await status(`${program.base}/readyz`)) === 200);
    expect(await status(`${program.base}/healthz`)).toBe(200);
    expect(await status(`${program.base}/nothing-here`)).toBe(404);
    expect(databaseServer()).not.toBe(server);
  });

  it('takes its database with it when it is killed, starts again at once, and stops on SIGINT', async () => {
    program.child.kill('SIGKILL');
    program = await startProgram({ DATA_FOLDER });
    await ready(program);
    program.child.kill('SIGINT');
    expect(await program.ended).toBe(0);
    await until(() => processesOver(DATA_FOLDER).length === 0);
  });

  it('has filled a demo city, which production refuses', async () => {
    const { searchPath, runtimeFolder } = config;
    const server = await startServer({ folder: join(DATA_FOLDER, 'db'), searchPath, runtimeFolder });
    const settings = { DATA_FOLDER: folder, MONGODB_URI: server.uri, NODE_ENV: 'production', SECRET: 'q8Zt3LmW0v' };
    const city = await startProgram(settings);
    expect(await city.ended).toBe(1);
    await server.stop();
    for (const word of ['demo city', 'too short', 'BASE_URL', 'SMTP_URL']) expect(city.output()).toContain(word);
  });
});

/** A door to the tests' own database that can be shut and opened again, as a network can. */
async function doorTo({ hostname, port: target }: URL) {
  const open = new Set<Socket>();
  const door = createServer((near) => {
    const far = connect(Number(target || 27017), hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => (near.destroy(), far.destroy()));
    }
    near.pipe(far).pipe(near);
  });
  const port = await freePort();
  const listen = () => once(door.listen(port, '127.0.0.1'), 'listening');
  await listen();
  const shut = async () => {
    if (!door.listening) return;
    const closed = once(door, 'close');
    door.close();
    for (const socket of open) socket.destroy();
    await closed;
  };
  doors.push(shut);
  return { port, listen, shut };
}

describe('the program over a database that goes away and comes back', () => {
  it('answers 503 with a page or JSON meanwhile, and needs no restart', async () => {
    const uri = new URL(ownDatabase());
    const door = await doorTo(uri);
    uri.host = `127.0.0.1:${door.port}`;
    const program = await startProgram({ DATA_FOLDER, MONGODB_URI: uri.href, NODE_ENV: 'test' });
    await ready(program);
    const page = `${program.base}/`;
    expect(await status(page)).toBe(200);
    await door.shut();
    await until(async () => (await status(`${program.base}/readyz`)) === 503);
    expect(await status(`${program.base}/healthz`)).toBe(200);
    const told = await fetch(page, { headers: { accept: 'application/json' } });
    expect([told.status, await told.json()]).toEqual([
      503,
      { error: expect.objectContaining({ code: 'unavailable' }) },
    ]);
    const shown = await fetch(page, { headers: { accept: 'text/html' } });
    expect([shown.status, await shown.text()]).toEqual([503, expect.stringContaining('<html lang="zh-CN"')]);
    await door.listen();
    await until(async () => (await status(`${program.base}/readyz`)) === 200);
    expect(await status(page)).toBe(200);
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
  });
});

describe('what the program cannot do is told in a sentence, with exit code 1', () => {
  it('a port that is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as { port: number };
    const program = await startProgram({ DATA_FOLDER, PORT: String(port) });
    expect(await program.ended).toBe(1);
    expect(program.output().trim()).toBe(
      `Port ${port} on 127.0.0.1 is taken by another program: stop that one, or set PORT to another number.`,
    );
    holder.close();
  });

  it('a data folder that cannot be', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const program = await startProgram({ DATA_FOLDER: join(file, 'data') });
    expect(await program.ended).toBe(1);
    expect(program.output().trim()).toMatch(/^The data folder .* cannot be written by this user\.$/);
  });

  it('a database that does not answer', async () => {
    const port = await freePort();
    const program = await startProgram({ DATA_FOLDER, MONGODB_URI: `mongodb://me:hidden@127.0.0.1:${port}/x` });
    expect(await program.ended).toBe(1);
    expect(program.output()).toMatch(/The database at 127\.0\.0\.1:\d+ \(MONGODB_URI\) does not answer/);
    expect(program.output()).not.toContain('hidden');
  });

  it('settings that cannot be read', async () => {
    const program = await startProgram({ DATA_FOLDER, ROLES: 'cook', HOST: '0.0.0.0' });
    expect(await program.ended).toBe(1);
    expect(program.output()).toMatch(/HOST is .*\n.*ROLES must be/);
  });

  it('production without anything', async () => {
    const program = await startProgram({ DATA_FOLDER, NODE_ENV: 'production' });
    expect(await program.ended).toBe(1);
    for (const word of ['MONGODB_URI', 'SECRET', 'BASE_URL', 'SMTP_URL']) expect(program.output()).toContain(word);
  });

  it('the demo over a real city', async () => {
    const MONGODB_URI = ownDatabase();
    await withDatabase(MONGODB_URI, (client) => client.db().collection('letters').insertOne({ number: 1 }));
    const program = await startProgram({ DATA_FOLDER, MONGODB_URI });
    expect(await program.ended).toBe(1);
    expect(program.output()).toMatch(/holds a real city/);
  });
});

describe('production with everything it needs', () => {
  it('starts and stops', async () => {
    const program = await startProgram({
      DATA_FOLDER,
      MONGODB_URI: ownDatabase(),
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      SECRET: 'q8Zt3LmW0vXr6YbN1cHs5KdPf7Gj2RaE',
      BASE_URL: 'https://wenzheng.example.gov.cn',
      SMTP_URL: 'smtp://127.0.0.1:2525',
      METRICS_TOKEN: 'look-here',
    });
    await ready(program);
    expect(await status(`${program.base}/readyz`)).toBe(200);
    expect(await status(`${program.base}/metrics`)).toBe(404);
    const headers = { authorization: 'Bearer look-here' };
    expect((await fetch(`${program.base}/metrics`, { headers })).status).toBe(200);
    expect(program.output()).not.toContain('Demo city');
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
  });
});
