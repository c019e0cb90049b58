import type { Finding } from '../redaction.ts';
import { findAll } from './spans.ts';
import { clearSurnames, doubleSurnames, notNames, surnames } from './surnames.ts';

const han = '[\\u4e00-\\u9fff]';
const nameOf = (first: string): string =>
  `(?:${doubleSurnames}${han}{1,2}|[${first}]${han}{1,2}|[${first}]\\s{1,2}${han})`;
const name = nameOf(surnames);
const clearName = nameOf(`${clearSurnames}黄马林高`);
const onlySurname = new RegExp(`^${doubleSurnames}$`);
const surname = `(?:${doubleSurnames}|[${surnames}])`;

/** Where a name may begin: behind no Chinese character, or behind one that leads to a person. */
const open = `(?<=^|[^\\u4e00-\\u9fff])`;
const led = `(?<=^|[^\\u4e00-\\u9fff]|[是为由对向与和找叫给请跟被让的])`;
const ledToClear = `(?<=^|[^\\u4e00-\\u9fff]|[是由向与和找叫给请跟被让的在有]|邻居|房东|业主|老板|司机|班主任|经理|联系)`;

/** What may stand right behind a name; three characters are tried before two. */
const after = `(?=$|[^\\u4e00-\\u9fff]|身份|电话|手机|联系|男|女|系|家住|住在|住址|今年|现年|先生|女士|同志|小姐|的|和|与|及|是|于|在|等)`;
const acts = `(?=$|[^\\u4e00-\\u9fff]|[说来去找打骂把被给让向不也又都还已曾自讲称表的和与及是在等对用拿将叫收占])`;

const titles = '(?:先生|女士|同志|小姐|师傅|老师|医生|大夫|护士|律师|警官|教练(?!员)|同学)';
const kin = '(?:大爷|大妈|大娘|大叔|大婶|大姐|大哥|大嫂|阿姨|叔叔|伯伯|奶奶|爷爷|婆婆|老汉|老太|老人家|老先生)';

const introduced = new RegExp(
  `(?:我叫|我名叫|名叫|姓名|联系人|投诉人|反映人|举报人|申请人|申诉人|被告人?|原告|户主|业主|租客|房东|房主|当事人|法人代表|法定代表人|法人|包工头|收件人|收款人|经办人|委托人|监护人|我丈夫|我老公|我妻子|我老婆|我爱人|我儿子|我女儿|我父亲|我母亲|我爸|我妈|我弟弟?|我哥哥?|我姐姐?|我妹妹?|患者|死者|伤者|学生|老板|车主|驾驶员|乘客|孩子|小孩|媳妇|女婿|岳父|岳母|公公|婆婆|爷爷|奶奶|外公|外婆|姥姥|姥爷|孙子|孙女|侄子|侄女|外甥女?|舅舅|姑姑|对象|[男女]友|男朋友|女朋友|前夫|前妻|家属)[叫是为:\\s]{0,3}(${name})${after}`,
  'dg',
);
const plainSelf = new RegExp(
  `(?:我是|本人|鄙人)(?:叫|名叫|姓名)?[:,\\s]?(${name})(?=[,。;(\\s]|$|身份证|家住|住|男|女|今年|是)`,
  'dg',
);
const titled = new RegExp(`${led}(${name})(?:${titles}|${kin})`, 'dg');
const signed = new RegExp(
  `(?:\\n\\s{0,20}|。\\s{2,20})(?:此致|敬礼)?(?:[^\\n]{0,6}[人者民]:\\s{0,5})?(${name})\\s{0,5}(?:\\d{4}[年.-][\\d年月日.-]{0,12}\\s{0,5})?$`,
  'dg',
);
/** Without a word that introduces, between a role and what the person did. */
const acting = new RegExp(
  `(?:邻居|车主|业主|租客|住户|经理|主管|保安|保洁|队长|组长|会计|村支书|村主任|村长|村民|居民|老板娘?|开发商|中介|司机|师傅|股东|同事|亲戚|丈夫|妻子|老公|老婆|儿子|女儿|父亲|母亲|哥哥|弟弟|姐姐|妹妹)(${clearName})${acts}`,
  'dg',
);
const besideNumber = new RegExp(
  `(?<!${han})(${name})[ ,:(]{0,3}(?:的?(?:联系)?(?:电话|手机)(?:号码?)?)?[ :是]{0,2}(?=(?:\\+?86)?1[3-9]\\d[ -]?\\d{4})`,
  'dg',
);
const surnameTitled = new RegExp(
  `(?:${open}${surname}|${ledToClear}(?:${doubleSurnames}|[${clearSurnames}]))(?:${titles}|${kin})`,
  'dg',
);
const familiar = new RegExp(
  `${ledToClear}[老小阿][${clearSurnames}](?=$|[^\\u4e00-\\u9fff]|[说来去找打骂把被给让不也都还的和与是在他她天]|家[里的有住门])`,
  'dg',
);

const enclosed = new RegExp(`\\((${clearName})(?=\\))`, 'dg');
/** Two or more in a row: 张三、李四. */
const clear = `(?:${doubleSurnames}|[${clearSurnames}])${han}{1,2}`;
const listed = new RegExp(
  `(?<=^|[^\\u4e00-\\u9fff、]|[是由和与找叫请])(${clear}(?:、${clear})+)(?=$|[^\\u4e00-\\u9fff、]|[等和与及的是都])`,
  'g',
);

/** Personal names 姓名 in folded text, only where the words around say that a name stands there. */
export function findNames(text: string): Finding[] {
  return [
    ...full(text, introduced, 0.8),
    ...full(text, plainSelf, 0.7),
    ...full(text, titled, 0.75),
    ...full(text, signed, 0.7),
    ...full(text, besideNumber, 0.7),
    ...full(text, acting, 0.6),
    ...full(text, enclosed, 0.6),
    ...findLists(text),
    ...findAll(text, surnameTitled, 'name', () => 0.55),
    ...findAll(text, familiar, 'name', () => 0.5),
  ];
}

/** Names in a row, if each of them can be one. */
function findLists(text: string): Finding[] {
  return [...text.matchAll(listed)].flatMap(({ 1: row = '', index }) => {
    const names = row.split('、');
    if (names.some((one) => !isName(one))) return [];
    let place = index;
    return names.map((one) => {
      const start = place;
      place += one.length + 1;
      return { start, end: start + one.length, kind: 'name' as const, confidence: 0.55 };
    });
  });
}

const isName = (bare: string): boolean =>
  !notNames.test(bare) && !onlySurname.test(bare) && !/[某×*]|[镇村县市区人部局主任长们]$/.test(bare);

/** Surname and given name; a word behind a name of two characters that was taken for its third is left out. */
function full(text: string, pattern: RegExp, confidence: number): Finding[] {
  return findAll(text, pattern, 'name', (found) => (isName(found.replace(/\s/g, '')) ? confidence : 0)).map(
    (finding) => {
      const found = text.slice(finding.start, finding.end);
      return { ...finding, end: finding.end - (/..[的和与及是于在等男女系来说被也]$/.test(found) ? 1 : 0) };
    },
  );
}
