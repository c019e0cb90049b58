import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { config } from '../../src/config.ts';
import { connectionOptions } from '../../src/platform/database/connection.ts';
import { isDatabaseAway } from '../../src/platform/database/errors.ts';
import { takeLock } from '../../src/platform/database/lock.ts';
import { gone, markOf } from '../../src/platform/database/processes.ts';
import { startServer, type EmbeddedServer } from '../../src/platform/database/server.ts';
import { until } from '../support/until.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('问政 database ');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let told: string[] = [];
const options = {
  folder,
  searchPath: config.searchPath,
  runtimeFolder: config.runtimeFolder,
  tell: (what: string) => void told.push(what),
};

/** The mark of a process that lived and has gone. */
async function deadProcess() {
  const child = spawn('sleep', ['30']);
  const mark = markOf(child.pid ?? 0);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return mark;
}

describe('the lock of a data folder', () => {
  const file = join(folder, 'trial-lock');
  afterEach(() => rmSync(file, { force: true }));

  it('is held by one', async () => {
    const lock = await takeLock(file);
    await expect(takeLock(file)).rejects.toThrow(/in use by another running copy.*process \d+/);
    lock.release();
    (await takeLock(file)).release();
    expect(existsSync(file)).toBe(false);
  });

  it('is taken over from a process that has gone', async () => {
    writeFileSync(file, JSON.stringify({ program: await deadProcess() }));
    (await takeLock(file)).release();
  });

  it('is taken over when the process number now belongs to another process', async () => {
    writeFileSync(file, JSON.stringify({ program: { pid: process.ppid, born: 'before-the-last-boot' } }));
    (await takeLock(file)).release();
  });

  it.each(['', '{', 'null', '{"program":7}'])('is taken over when it is torn: %j', async (text) => {
    writeFileSync(file, text);
    (await takeLock(file)).release();
  });

  it('ends the server that a killed program left behind', async () => {
    const left = spawn('sleep', ['30']);
    const mark = markOf(left.pid ?? 0);
    if (!mark) throw new Error('no process');
    writeFileSync(file, JSON.stringify({ program: await deadProcess(), server: mark }));
    (await takeLock(file)).release();
    expect(await gone(mark, 0)).toBe(true);
  });

  it('leaves no file of its own behind', () => {
    expect(readdirSync(folder).filter((name) => name.startsWith('trial-lock'))).toEqual([]);
  });
});

describe('the embedded server', () => {
  let server: EmbeddedServer;
  let connection: mongoose.Connection;
  const rows = () => connection.collection<{ _id: number }>('rows');
  beforeAll(async () => {
    server = await startServer(options);
    connection = await mongoose.createConnection(server.uri, connectionOptions).asPromise();
  });
  afterAll(async () => {
    await connection.close();
    await server.stop();
  });

  it('refuses a second program over the same folder', async () => {
    await expect(startServer(options)).rejects.toThrow(/in use/);
  });

  it('opens for nobody without the password that lies among its data, readable for us alone', async () => {
    const file = join(folder, server.engine, 'password');
    expect(statSync(file).mode & 0o077).toBe(0);
    const stranger = new URL(server.uri);
    expect(stranger.password).toBe(readFileSync(file, 'utf8'));
    stranger.password = 'a-guess';
    await expect(mongoose.createConnection(stranger.href, connectionOptions).asPromise()).rejects.toThrow(/auth/i);
    Object.assign(stranger, { username: '', password: '' });
    const unnamed = await mongoose.createConnection(stranger.href, connectionOptions).asPromise();
    await expect(unnamed.collection('rows').findOne({})).rejects.toThrow(/auth/i);
    await expect(unnamed.collection('rows').insertOne({})).rejects.toThrow(/auth/i);
    await unnamed.close();
  });

  it('takes a new password when the kept one was lost, and keeps the data', async () => {
    const before = server.uri;
    await rows().insertOne({ _id: -1 });
    await connection.close();
    await server.stop();
    rmSync(join(folder, server.engine, 'password'));
    server = await startServer(options);
    expect(new URL(server.uri).password).not.toBe(new URL(before).password);
    connection = await mongoose.createConnection(server.uri, connectionOptions).asPromise();
    expect(await rows().countDocuments({ _id: -1 })).toBe(1);
  });

  it('comes back by itself after kill -9, with everything it had acknowledged', async () => {
    told = [];
    const acknowledged: number[] = [];
    let failures = 0;
    let going = true;
    const load = (async () => {
      for (let id = 0; going; id += 1) {
        try {
          await rows().insertOne({ _id: id });
          acknowledged.push(id);
        } catch (error) {
          if (!isDatabaseAway(error)) throw error;
          failures += 1;
        }
      }
    })();
    await until(() => acknowledged.length > 50);
    const before = server.pid();
    process.kill(before, 'SIGKILL');
    await until(() => told.includes('back'));
    const sofar = acknowledged.length;
    await until(() => acknowledged.length > sofar + 20);
    going = false;
    await load;
    const kept = new Set((await rows().find().toArray()).map((row) => row._id));
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    expect(failures).toBeLessThan(10);
    expect(server.pid()).not.toBe(before);
    expect(told[0]).toBe('lost');
  });

  it('does not outlive its keeper being told to end, and frees the folder', async () => {
    const mark = markOf(server.pid());
    await connection.close();
    await server.stop();
    expect(mark && (await gone(mark, 0))).toBe(true);
    server = await startServer(options);
    connection = await mongoose.createConnection(server.uri, connectionOptions).asPromise();
    expect(await rows().countDocuments({})).toBeGreaterThan(70);
  });
});

describe('what cannot start', () => {
  it.each([
    ['no server at all', { searchPath: '', runtimeFolder: '/nowhere' }, /run scripts\/start.*MONGODB_URI/],
    ['a folder below a file', { folder: join(folder, 'trial-file', 'db') }, /cannot be written/],
  ])('%s is told in a sentence', async (_name, change, sentence) => {
    writeFileSync(join(folder, 'trial-file'), '');
    await expect(startServer({ ...options, folder: join(folder, 'other'), ...change })).rejects.toThrow(sentence);
  });

  it('a server that does not come up is told with its last words, and the folder is free again', async () => {
    const spoiled = join(folder, 'spoiled');
    const server = await startServer({ ...options, folder: spoiled });
    const engine = server.engine;
    await server.stop();
    writeFileSync(join(spoiled, engine, 'WiredTiger.turtle'), 'spoiled');
    writeFileSync(join(spoiled, engine, 'WiredTiger.wt'), 'spoiled');
    await expect(startServer({ ...options, folder: spoiled })).rejects.toThrow(/did not come up.*last words/);
    expect(existsSync(join(spoiled, 'lock'))).toBe(false);
  });
});
