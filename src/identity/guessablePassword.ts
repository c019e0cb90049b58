import { dictionary } from '@zxcvbn-ts/language-common';

/** What people choose here, beside what people choose everywhere. */
const ownWords = ['wenzheng', 'woaini', 'administrator', 'guanliyuan', 'zhengfu', 'mima', 'password', 'passw0rd'];
const common = new Set([...dictionary['passwords-common'].map(String), ...ownWords]);

/** One sign again and again, or digits or letters one after another: 111111, 987654, abcdef. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((sign, index) => {
    const step = sign.charCodeAt(0) - text.charCodeAt(index);
    return /^\d+$/.test(text) ? (step + 10) % 10 : step; // after 9 comes 0
  });
  return steps.length > 0 && [0, 1, 9, -1].includes(steps[0] ?? 2) && steps.every((step) => step === steps[0]);
}

const isFirstGuess = (part: string): boolean => part.length < 3 || common.has(part) || isRun(part);

/**
 * True for what is tried first: a password of the list of those that many people have, a run of signs, or two of these
 * one after the other (qwerty123456). No rule says which signs it must have: length and being one's own is what counts.
 */
export function isGuessable(password: string): boolean {
  const text = password
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[!.@#?*]+$/, '');
  if (isFirstGuess(text)) return true;
  return Array.from({ length: text.length - 1 }, (_, index) => index + 1).some(
    (at) => isFirstGuess(text.slice(0, at)) && isFirstGuess(text.slice(at)),
  );
}
