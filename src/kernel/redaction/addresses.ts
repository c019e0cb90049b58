import type { Finding } from '../redaction.ts';
import { findAll } from './spans.ts';

const number = '(?:\\d{1,5}(?:-\\d{1,4}){0,3}|[一二三四五六七八九十百零〇]{1,4}|[甲乙丙丁]|[A-Z]\\d{0,2})';
const unit =
  '(?: ?(?:号楼|号院|号门|号房|#楼|#(?![线机变炉])|栋|幢|座|单元|室|户|弄|门牌|排|层|楼|号(?![线文令召公码站机井码桥坑标段楼院门房])))';
const chain = new RegExp(
  `${number}${unit}(?:[ ,-]?(?:${number})${unit}|[ -]\\d{1,4}(?!\\d)){0,8}(?:\\d{3,4}(?!\\d)|[一二三四五六七八九零〇]{3,4})?`,
  'g',
);
/** House, entrance and room in figures only: 12-2-301, and 12-301 behind the name of a place. */
const figures = /(?<![\d.-])[A-Z]?\d{1,3}[- ]?-(?:\d{1,2}-)?\d{3,4}(?:室|号)?(?![\d.-]|[年月元米])/g;
/** A village group with the place around it, where the writer says that he lives there. */
const group =
  /(?<=(?:家住|现住|居住在?|住址|家庭住址|住在|住于|我住|家在)[在于是为:\s]{0,3})([\u4e00-\u9fff\dA-Z]{2,24}?[村区屯寨庄道镇乡](?:第?[一二三四五六七八九十\d]{1,3}[组队社]|[\u4e00-\u9fff]{1,4}[屯湾组坪冲]))/dg;
const place =
  '(?:自治区|自治州|街道|社区|小区|花园|家园|新村|大厦|公寓|家属院|宿舍|广场|大道|国际|[省市区县旗镇乡村路街巷弄里苑园城府庄居湾屯组院坊])';
const chunk = new RegExp(`[\\u4e00-\\u9fffA-Z0-9]{1,7}?${place}`, 'g');
const homeWords = /(?:家住|现住|居住|住址|地址|住在|住于|户籍|我住|家在|居于)[在于是为:\s]{0,3}$/;
const notHouse =
  /(?:电话|热线|拨打|编号|型号|文号|订单|图号|车次|约|共|比|从|第|规格|标准|国标|GB|价格|工资|面积|每月)[号是为:\s]{0,3}$/;
const cuts =
  /^.*(?:彻查|关闭|来临|路过|就在|位于|现住|居住|地址|住址|户籍|坐落|本人|关于|经查|反映|要求|投诉|举报|走访|联合|约谈|办理|请求|影响|造成|情况|之前|位置|按程序|整改|代表|业主|[在于住是从到至由的我们您你他对为将请因把被向与了着过说有如次这其该属]|[,。])/;

/** A room of three or four digits says which family it is, also where the house is named elsewhere. */
const room = /(?<![\dA-Z.,:第办-])(?<!办公|会议|大厅|窗口|科|处)([A-Z]?\d{3,4}室)(?!内?(?:办|会议|窗口|咨询))/dg;

/** Addresses 住址 in folded text: a house number with what leads to it. A room number makes it private. */
export function findAddresses(text: string): Finding[] {
  return [
    ...findChains(text),
    ...findFigures(text),
    ...findAll(text, group, 'address', () => 0.65),
    ...findAll(text, room, 'address', () => 0.55),
  ];
}

function findFigures(text: string): Finding[] {
  return [...text.matchAll(figures)].flatMap((match) => {
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    const lead = leadOf(before);
    const three = match[0].split('-').length === 3;
    if (/-(?:19|20)\d\d$/.test(match[0]) || (!three && !lead) || notHouse.test(before)) return [];
    const home = lead || homeWords.test(before) || /[\u4e00-\u9fff]$/.test(before);
    const confidence = (three ? 0.7 : 0.55) + (lead ? 0.1 : 0);
    const end = match.index + match[0].length;
    return home ? [{ start: match.index - lead.length, end, kind: 'address' as const, confidence }] : [];
  });
}

function findChains(text: string): Finding[] {
  return [...text.matchAll(chain)].flatMap((match) => {
    const lead = leadOf(text.slice(Math.max(0, match.index - 40), match.index));
    const units = match[0].match(/号楼|#|栋|幢|座|单元|室|户|弄|号/g)?.length ?? 0;
    const inside = /单元|室|户|栋|幢|号楼|#/.test(match[0]);
    if (!lead && (units < 2 || !inside)) return [];
    if (/^[一二三四五六七八九十\d]+[层楼号户]$/.test(match[0]) && !/[路街巷道弄里村组区院园苑]$/.test(lead)) return [];
    // Names of estates: 公园一号, 愿景一号院.
    if (/^[一二三四五六七八九]号院?$/.test(match[0]) && !/[路街巷道弄里村组]$/.test(lead)) return [];
    if (/^[^号栋幢座室元]+[层楼户排]$/.test(match[0]) || isCount(match[0], text.slice(0, match.index))) return [];
    const start = match.index - lead.length;
    const before = text.slice(Math.max(0, start - 6), start);
    const confidence = Math.min(0.97, (inside ? 0.75 : 0.55) + (lead ? 0.1 : 0) + (homeWords.test(before) ? 0.2 : 0));
    return [{ start, end: match.index + match[0].length, kind: 'address' as const, confidence }];
  });
}

/** 修建一座, 共有9栋: a number of buildings, not one of them. */
function isCount(found: string, before: string): boolean {
  return (
    /^[\d一二三四五六七八九十百]+座/.test(found) || /(?:共|有|约|近|计|达|新建|修建|超过|不足)$/.test(before.slice(-4))
  );
}

/** The names of places that run without a break up to the number. */
function leadOf(before: string): string {
  const run = /[\u4e00-\u9fffA-Z0-9]+$/.exec(before)?.[0] ?? '';
  const tail = run.replace(cuts, '');
  let end = 0;
  for (const match of tail.matchAll(chunk)) end = match.index + match[0].length;
  if (!end || tail.length - end > 8) return '';
  // A house name without a word of place may stand between: 阳光海岸3栋.
  return end === tail.length || /^[\u4e00-\u9fff]{2,8}$/.test(tail.slice(end)) ? tail : '';
}
