import type { Finding } from '../redaction.ts';
import { findAll } from './spans.ts';

const service =
  '(?:QQ|Q号|扣扣|企鹅号|微信|威信|薇信|V信|VX|WX|WECHAT|[加+]\\s?(?:我的?|个)?\\s?(?:V|Q|微|W)|抖音|快手|小红书|微博|钉钉|支付宝|旺旺)';
const account = new RegExp(
  `(?<![A-Z])${service}(?:号码?|账号|帐号|ID|群号?|联系)?[是为:=\\s]{0,3}([A-Z][A-Z0-9_-]{5,19}|\\d(?:[ -]?\\d){4,10})(?![A-Z\\d]|[元万人个次年])`,
  'dg',
);

/** Accounts at messengers (QQ, 微信, 加V) in folded text; a bare word of letters needs 号 or a colon before it. */
export function findAccounts(text: string): Finding[] {
  return findAll(text, account, 'account', (found, before) => {
    if (/群号?[是为:=\s]{0,3}$/.test(before)) return 0.55;
    return /[\d_-]/.test(found) || /[号:=是D]\s?$/.test(before) ? 0.8 : 0;
  });
}
