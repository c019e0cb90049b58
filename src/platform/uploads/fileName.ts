const unwanted = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff<>:"/\\|?*]/gu;

/**
 * Takes the name a sender gave; gives one that names no folder, hides no ending (a right-to-left mark turns
 * `gpj.exe` into `exe.jpg`) and is at most 120 characters and 200 bytes, ending kept: file systems and archives take no
 * name of more than 255 bytes, and 85 Chinese characters are as many.
 */
export function cleanFileName(given: string): string {
  const last = given.split(/[\\/]/).at(-1) ?? '';
  const plain = last
    .normalize('NFC')
    .replace(unwanted, '')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const ending = endingOf(plain);
  const stem = ending ? plain.slice(0, -ending.length - 1) : plain;
  const short = shortened(stem, { characters: 119 - ending.length, bytes: 199 - Buffer.byteLength(ending) });
  return ending ? `${short || 'file'}.${ending}` : short || 'file';
}

function shortened(stem: string, most: { characters: number; bytes: number }): string {
  let [short, bytes] = ['', 0];
  for (const sign of [...stem.slice(0, 2 * most.characters)].slice(0, most.characters)) {
    bytes += Buffer.byteLength(sign);
    if (bytes > most.bytes) break;
    short += sign;
  }
  return short.trimEnd();
}

/** The ending without its dot in small letters; empty when there is none. */
export function endingOf(name: string): string {
  return /\.([\p{L}\p{N}]{1,10})$/u.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** The name with another ending. */
export function withEnding(name: string, ending: string): string {
  const old = endingOf(name);
  return `${old ? name.slice(0, -old.length - 1) : name}.${ending}`;
}
