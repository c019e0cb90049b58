import { join } from 'node:path';
import express, { type RequestHandler } from 'express';
import { config } from '../config.ts';

const folder = join(import.meta.dirname, '../../public');

const files = express.static(folder, {
  index: false,
  redirect: false,
  maxAge: config.mode === 'production' ? '1h' : 0,
});

/** Style sheets, scripts and pictures of our own. Their names end in a dot and letters: no page is looked for on disk. */
export const staticFiles: RequestHandler = (request, response, next) =>
  /\.\w+$/.test(request.path) ? files(request, response, next) : next();
