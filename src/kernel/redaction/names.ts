import type { Finding } from '../redaction.ts';

const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾夏付方邹熊白孟秦邱侯江尹薛闫段雷黎史龙陶贺顾毛郝龚邵万钱严武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景宫卜冷晏席卫米柏宗瞿桂全佟臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池麻苑迟邝';
const compound = '欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|夏侯|司徒|端木|宇文|长孙';
const han = '[\\u4e00-\\u9fff]';
const name = `(?:(?:${compound})${han}{1,2}|[${surnames}]${han}{1,2}|[${surnames}]\\s{1,2}${han})`;

/** What may stand right behind a name; two characters are tried before three. */
const after = `(?=$|[^\\u4e00-\\u9fff]|身份|电话|手机|联系|男|女|系|家住|住在|住址|今年|现年|先生|女士|同志|小姐|的|和|与|及|是|于|在|等)`;
const introduced = new RegExp(
  `(?:我叫|我名叫|名叫|姓名|联系人|投诉人|反映人|举报人|申请人|申诉人|被告人?|原告|户主|业主|房东|房主|当事人|法人代表|法定代表人|包工头|我丈夫|我妻子|我爱人|我儿子|我女儿|我父亲|我母亲|患者|死者|学生|老板)[叫是为:\\s]{0,3}(${name})${after}`,
  'g',
);
const plainSelf = new RegExp(`(?:我是|本人)(${name})(?=[,。;(\\s]|$|,?身份证|,?家住)`, 'g');
const titled = new RegExp(
  `(?<=^|[^\\u4e00-\\u9fff]|[是为由对向与和找叫给请跟被让的])(${name})(?:先生|女士|同志|小姐|师傅|老师|医生)`,
  'g',
);
const signed = new RegExp(
  `(?:\\n\\s*|。\\s{2,})(?:此致|敬礼)?(?:[^\\n]{0,6}[人者民]:\\s*)?(${name})\\s*(?:\\d{4}[年.-][\\d年月日.-]*\\s*)?$`,
  'g',
);

/** Words that begin like a name and are none. */
const notNames =
  /^(?:申[请领报]|纪委|向物|许可|房[内号]|解惑|任职|关注|宗旨|成绩|包更|安徽|包|于该|业绩|高中|高考|高速|高新|高层|高校|高度|石油|金融|金额|黄金|白天|白色|方便|方面|方式|方案|许多|任何|任意|马上|马路|马桶|成都|成立|成为|成本|安全|安置|安装|关于|关心|关系|和谐|和平|温度|时间|时候|应该|全部|全体|全家|全市|明年|明天|车主|车辆|车位|路边|路口|路面|单位|单独|商户|商家|商场|房东|房屋|房产|房子|华侨|严重|严格|严禁|余额|万元|万科|文化|文件|文明|康复|管理|解决|解释|武汉|江苏|江西|夏天|毕业|毛坯|连续|连接|项目|简单|古城|何时|何处|何人|何种|易书记|师傅|米左右|农村|农民|农业|农户|阳光|阳台|向上|向有|向政|曾经|曾多|于是|于今|于本|史上|党员|党委|党和|牛奶|龙头|明确|边上|盛世|游客|司法|司机|包括|包工|常年|常常|学生|甘肃|宁夏|云南|湖南|贵州|陈旧|陈述|齐全|左右|查询|查处|池塘|荣誉|席位|章程|施工|谢谢|祝您|尚未|欧洲|钱财|程序|程度|计划|金属|苏州|郑州|徐州|杭州|广州|沈阳|洛阳|贵阳|成员|成年|双方|卫生|卫健|公司|国家|家长|顾客|业主|居民|村民|市民|网友|网民|老板|同志|同学|教师|老师|先生|女士)/;

/** Personal names 姓名 in folded text, only where the words around say that a name stands there. */
export function findNames(text: string): Finding[] {
  return [
    ...collect(text, introduced, 0.8),
    ...collect(text, plainSelf, 0.7),
    ...collect(text, titled, 0.75),
    ...collect(text, signed, 0.7),
  ];
}

function collect(text: string, pattern: RegExp, confidence: number): Finding[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const found = (match[1] ?? '').replace(/[的和与及是于在等男女系]$/, '');
    const start = match.index + match[0].indexOf(found);
    if (found.length < 2 || notNames.test(found) || /[镇村县市区人部局主任长]$/.test(found)) return [];
    return [{ start, end: start + found.length, kind: 'name' as const, confidence }];
  });
}
