import { join } from 'node:path';
import express from 'express';
import { config } from '../config.ts';

const folder = join(import.meta.dirname, '../../public');

/** Style sheets, scripts and pictures of our own. */
export const staticFiles = express.static(folder, {
  index: false,
  redirect: false,
  maxAge: config.mode === 'production' ? '1h' : 0,
});
