import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import express from 'express';
import { notFound } from '../../../src/kernel/errors.ts';
import { useUploadsFolder } from '../../../src/platform/uploads/folders.ts';
import { receivedFiles, receiveFiles } from '../../../src/platform/uploads/receive.ts';
import { sendUpload } from '../../../src/platform/uploads/send.ts';
import { attachUploads, findUpload, storeFiles } from '../../../src/platform/uploads/store.ts';
import { type Upload, UploadModel } from '../../../src/platform/uploads/uploadModel.ts';
import { errorHandler } from '../../../src/web/errorHandler.ts';
import { useDatabase } from '../../support/database.ts';

export interface UploadDoor {
  base: string;
  folder: string;
}

export interface Sent {
  status: number;
  /** What was stored. */
  files: { id: string; name: string; type: string; kind: string }[];
  /** The sentence on the field, or the general one. */
  sentence: string;
  body: Record<string, unknown>;
}

/** A form for files as a feature would have it: `/any` takes everything, `/pictures` pictures only. */
export function useUploadDoor(): UploadDoor {
  useDatabase([UploadModel]);
  const door = {} as UploadDoor;
  let server: Server;
  beforeAll(async () => {
    door.folder = mkdtempSync(join(tmpdir(), '上传 uploads-'));
    useUploadsFolder(door.folder);
    server = createServer(uploadApp()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    door.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(door.folder, { recursive: true, force: true });
  });
  return door;
}

function uploadApp() {
  const app = express();
  const take = (path: string, kinds: readonly Upload['kind'][]) =>
    app.post(path, receiveFiles({ field: 'files', filesMax: 3 }), async (request, response) => {
      const files = await storeFiles(receivedFiles(request), { field: 'files', ownerId: 'owner', kinds });
      const ids = files.map(({ _id }) => _id);
      if (request.query.attach) await attachUploads(ids, 'owner', String(request.query.attach));
      response.json({
        files: files.map(({ _id, name, type, kind }) => ({ id: _id, name, type, kind })),
        body: request.body,
      });
    });
  take('/any', ['picture', 'document']);
  take('/pictures', ['picture']);
  app.get('/files/:id', async (request, response) => {
    const upload = await findUpload(request.params.id);
    if (!upload) throw notFound();
    await sendUpload(response, upload);
  });
  app.use(errorHandler);
  return app;
}

/** Sends files as a browser's form does. */
export async function sendFiles(url: string, files: readonly { name: string; data: Buffer | string }[]): Promise<Sent> {
  const form = new FormData();
  form.set('remark', '附言 𠮷');
  for (const { name, data } of files) form.append('files', new Blob([new Uint8Array(Buffer.from(data))]), name);
  const response = await fetch(url, { method: 'POST', body: form, headers: { accept: 'application/json' } });
  const answer = (await response.json()) as Partial<Sent> & {
    error?: { message: string; fields: Record<string, string> };
  };
  const sentence = answer.error?.fields['files'] ?? answer.error?.message ?? '';
  return { status: response.status, files: answer.files ?? [], sentence, body: answer.body ?? {} };
}
