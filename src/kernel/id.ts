import { randomInt } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford: nothing to mistake when read aloud

/** A short random identifier for addresses; 12 letters carry 60 bits. */
export function newId(length = 12): string {
  let id = '';
  for (let index = 0; index < length; index += 1) id += alphabet[randomInt(alphabet.length)];
  return id;
}

/** True when the text has the form of an identifier made by newId(). */
export function isId(text: string): boolean {
  return /^[0-9a-hjkmnp-tv-z]{6,24}$/.test(text);
}
