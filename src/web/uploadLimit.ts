import { rateLimit } from './rateLimit.ts';

/** Files that citizens send: a person sends some with each letter, a network many. */
const uploads = rateLimit('uploads', {
  person: 120,
  address: 600,
  seconds: 3600,
  shared: true,
  told: 'uploads.too-often',
});

/** Counts a file that a citizen sends, before anything of it is kept. */
export const countUpload = uploads.count;
