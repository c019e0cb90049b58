import type { Finding } from '../redaction.ts';
import { findAll } from './spans.ts';

/** Characters that names of Uygur, Kazakh, Kyrgyz, Mongol and other citizens are written with. */
const sounds =
  '阿艾买提吐尔逊古丽依力玉素甫卜杜拉不都布热合曼明木塔沙吾尼亚孜托卡德迪里娜巴图斯库别克叶汗江马哈萨努肉帕夏茹仙祖菲亚再娜比伊敏赛麦亥日木伯吉格勒朝鲁其其格乌兰恩和那顺达瓦加央扎西多吉次仁卓玛旺堆索朗桑珠平措拉姆白色珍嘎德庆洛';
const part = '[\\u4e00-\\u9fff]{1,7}';
const dot = '(?:·|\\.)';
const dotted = `(?:${part}(?:${dot}${part}){1,3})`;
const soundPart = `[${sounds}]{2,7}`;

const leads =
  '我叫|我名叫|名叫|姓名|联系人|投诉人|反映人|举报人|申请人|申诉人|被告人?|原告|户主|业主|租客|房东|房主|当事人|车主|收件人|收款人|经办人|委托人|监护人|患者|死者|伤者|我是|本人';
const introduced = new RegExp(
  `(?:${leads})[叫是为:\\s]{0,3}(${dotted})(?=$|[^\\u4e00-\\u9fff·]|电话|手机|身份|家住|住)`,
  'dg',
);
/** Without a word before it, when both parts sound like a name: 阿依古丽·买买提. */
const sounding = new RegExp(`(?<![${sounds}·])(${soundPart}(?:${dot}${soundPart}){1,3})(?![${sounds}·])`, 'dg');
/** Behind 我叫 and the fields of a form stand names without a surname of ours: 索朗旺堆, 乌兰图雅, 𠮷野平. */
const bare = new RegExp(
  `(?:(?:我叫|我名叫|名叫)|(?:姓名|联系人|投诉人|反映人|举报人|申请人|户主|车主|收件人)[:\\s]{1,2})([\\u4e00-\\u9fff]{2,6})(?=$|[,。;、()\\n]|电话|手机|[ :]{0,3}1[3-9]\\d)`,
  'dg',
);
const word = "[A-Z\\u00c0-\\u024f][A-Z\\u00c0-\\u024f'-]{1,20}";
const latin = new RegExp(
  `(?:姓名|联系人|投诉人|反映人|我叫|MY NAME IS|CONTACT)[是为:\\s]{1,3}(${word}(?: (?:${word}|[A-Z]\\.)){1,3})(?![A-Z])|(?:我叫|姓名:)\\s?(${word})(?=[,。;])`,
  'dg',
);

const noName =
  /[某×*她他它人们者司局院店社会厅处科室部队站厂校物业居民村区市县镇乡路街楼号方公司家长本先生女士同志匿名保密不便无详见救火救命天天大家没有什么网友群众市民热心一二三四五六七八九十]/;

/** Names 姓名 that begin with no Han surname: with a dot between their parts, in sounds, or in Latin letters. */
export function findForeignNames(text: string): Finding[] {
  const sure = (confidence: number) => (found: string) => (/[某*]/.test(found) ? 0 : confidence);
  return [
    ...findAll(text, introduced, 'name', sure(0.85)),
    ...findAll(text, sounding, 'name', sure(0.75)),
    ...findAll(text, bare, 'name', (found) => (noName.test(found) ? 0 : 0.55)),
    ...findAll(text, latin, 'name', (found) => (found.includes(' ') ? 0.75 : 0.6)),
  ];
}
