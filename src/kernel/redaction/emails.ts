import type { Finding } from '../redaction.ts';
import { findAll } from './spans.ts';

const sign = '(?:\\s?@\\s?|\\s?[(\\[{<【](?:AT|@|艾特)[)\\]}>】]\\s?|\\s?艾特\\s?|\\sAT\\s)';
const dot = '(?:\\.|\\s?[(\\[](?:DOT|\\.|点)[)\\]]\\s?|\\sDOT\\s|点)';
const email = new RegExp(
  `(?<![A-Z0-9._%+-])[A-Z0-9][A-Z0-9._%+-]{0,63}${sign}[A-Z0-9-]{1,40}(?:${dot}[A-Z0-9-]{1,40}){0,3}${dot}[A-Z]{2,24}(?![A-Z])`,
  'dg',
);

/** 张三@例子.中国, "zhang san"@example.com, and the sign of a mail typed as # before a house everybody knows. */
const chinese =
  /[\u4e00-\u9fffA-Z0-9._-]{1,8}@(?:[\u4e00-\u9fffA-Z0-9-]{1,20}\.){1,3}(?:中国|公司|网络|网址|集团|商城|政务|公益|香港|台湾|[A-Z]{2,24})/dg;
const quoted = /["“”][A-Z0-9 ._-]{1,40}["“”]@(?:[A-Z0-9-]{1,40}\.){1,3}[A-Z]{2,24}/dg;
const crossed =
  /(?<![A-Z0-9._%+-])[A-Z0-9][A-Z0-9._-]{1,40}\s?[#＃]\s?(?:QQ|VIP\.QQ|163|126|139|189|SINA|SOHU|GMAIL|FOXMAIL|HOTMAIL|OUTLOOK|ALIYUN|YEAH)\.(?:COM|NET|CN)/dg;

/** Addresses of e-mail 邮箱 in folded text, also with (at) and 点 in place of the signs. */
export function findEmails(text: string): Finding[] {
  return [
    ...findAll(text, email, 'email', (found) => (found.includes('@') ? 0.97 : 0.8)),
    ...findAll(text, chinese, 'email', () => 0.85),
    ...findAll(text, quoted, 'email', () => 0.98),
    ...findAll(text, crossed, 'email', () => 0.85),
  ];
}
