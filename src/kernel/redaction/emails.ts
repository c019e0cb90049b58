import type { Finding } from '../redaction.ts';
import { findAll } from './spans.ts';

const sign = '(?:\\s?@\\s?|\\s?[(\\[{<【](?:AT|@|艾特)[)\\]}>】]\\s?|\\s?艾特\\s?|\\sAT\\s)';
const dot = '(?:\\.|\\s?[(\\[](?:DOT|\\.|点)[)\\]]\\s?|\\sDOT\\s|点)';
const email = new RegExp(
  `(?<![A-Z0-9._%+-])[A-Z0-9][A-Z0-9._%+-]{0,63}${sign}[A-Z0-9-]{1,40}(?:${dot}[A-Z0-9-]{1,40}){0,3}${dot}[A-Z]{2,10}(?![A-Z])`,
  'dg',
);

/** Addresses of e-mail 邮箱 in folded text, also with (at) and 点 in place of the signs. */
export function findEmails(text: string): Finding[] {
  return findAll(text, email, 'email', (found) => (found.includes('@') ? 0.97 : 0.8));
}
