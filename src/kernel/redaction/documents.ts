import type { Finding } from '../redaction.ts';
import { findAll, gap } from './spans.ts';

const passport = '护照|PASSPORT';
const permits = '通行证|回乡证|台胞证|居留证|居留身份证|永居证?';
const insurance = '社保卡?|社会保障卡?|社会保障号码?|医保卡?|公积金账?号?';
const licences = '驾驶证|驾照|行驶证|军官证|士兵证|警官证|残疾人?证|退伍证|结婚证|出生证明?|毕业证';
const property = '不动产权?证书?|房产证|房权证|房屋所有权证|产权证书?|土地证|宅基地证';
const records = '学籍号|准考证|学号|病历号|住院号|就诊卡|档案编?号|户号|保单号?';
const number = `(?:[A-Z]{0,3}\\d(?:${gap}[\\dX]){4,19})`;
const named = new RegExp(
  `(?:${passport}|${permits}|${insurance}|${licences}|${property}|${records})(?:的?(?:证件|证|卡)?(?:号码?|编号|NO\\.?))?[是为:\\s]{0,3}(${number})(?![A-Z\\d元万])`,
  'dg',
);
/** 鲁(2020)青岛市不动产权第0012345号 and 军字第1234567号. */
const titleDeed =
  /(?<![\u4e00-\u9fff])[\u4e00-\u9fff]\(?(?:19|20)\d\d\)?[\u4e00-\u9fff]{2,9}不动产权?(?:证明)?第?\d{4,12}号?/dg;
const soldier = /(?:军|士|警|文|干)字?第?\d{6,9}号/dg;

/** Numbers of documents 证件 other than the identity card, behind the word that says what they are. */
export function findDocuments(text: string): Finding[] {
  return [
    ...findAll(text, named, 'document', () => 0.85),
    ...findAll(text, titleDeed, 'document', () => 0.9),
    ...findAll(text, soldier, 'document', () => 0.6),
  ];
}

const day = '(?:19|20)\\d{2}\\s?[年./-]\\s?\\d{1,2}\\s?[月./-]\\s?\\d{1,2}\\s?[日号]?';
const birth = new RegExp(`(?:出生(?:日期|年月日?|时间)?|生日|生于)[是为于在:\\s]{0,3}(${day})`, 'dg');
const born = new RegExp(`(${day})(?=\\s?(?:出生|生(?![产效活])))`, 'dg');

/** Days of birth 出生日期, where the words around say that they are. */
export function findBirthDates(text: string): Finding[] {
  return [...findAll(text, birth, 'birth-date', () => 0.8), ...findAll(text, born, 'birth-date', () => 0.75)];
}
