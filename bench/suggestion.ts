// node bench/suggestion.ts [letters.csv] — suggesting a subject for letters.
// The letters carry no label, so one is read from the department's *reply* (which office answered, what it is
// responsible for), never from the letter; the model sees the letter only. Words quoted from the letter's title are
// taken out of the reply first.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { Suggester } from '../src/text/index.ts';

interface Letter {
  title: string;
  body: string;
  reply: string;
  created_at: string;
}

/** Offices and matters by subject class, level 1; an office weighs three times a matter. */
const subjects: Record<string, [offices: RegExp, matters: RegExp]> = {
  城乡建设: [
    /住建|住房和城乡建设|住房保障|房产局|房管局|房地产管理|规划局|城乡规划|城管|城市管理|行政执法|园林|公积金|市政|燃气公司|供水公司|自来水公司|物业管理科/g,
    /物业|业委会|开发商|房产证|不动产|棚改|拆迁|小区|绿化|违章建筑|违建|污水管|路灯|楼盘|购房|房屋|提质改造/g,
  ],
  交通运输: [
    /交通运输|交通局|运管|公路局|轨道|地铁|公交公司|铁路|高速公路管理|海事|客运/g,
    /公交|地铁|线路|高速|出租车|网约车|站点|公路|客运|通车/g,
  ],
  政法: [
    /公安|派出所|交警|法院|检察院|司法局|律师|信访局/g,
    /户籍|户口|身份证|诈骗|立案|报案|侦查|车辆|驾驶|违法停|信号灯|治安/g,
  ],
  教育文体: [
    /教育局|教体局|教育体育|招生|考试院|文化局|文广新|文体|体育局|学校党/g,
    /学校|学生|教师|幼儿园|入学|补课|学位|招生|教育|高考|体育|文化|图书馆/g,
  ],
  劳动和社会保障: [
    /人社|人力资源|社保|劳动监察|医保局|医疗保障|就业|社会保险/g,
    /工资|养老保险|社保|退休|劳动合同|拖欠|职工|缴费|失业|人才补贴|人才新政/g,
  ],
  卫生计生: [/卫计|卫生|卫健|医院|疾控|食药|食品药品|计生/g, /医疗|医生|患者|药品|生育|食品|疫苗|医保|独生子女/g],
  环境保护: [/环保|环境保护|生态环境/g, /污染|噪音|噪声|粉尘|废气|油烟|异味|臭|养猪|排放|垃圾/g],
  农村农业: [
    /农业|农村|林业|水利|水务|畜牧|扶贫|农委|移民局|村委|烟草/g,
    /村民|贫困户|农田|村组|危房改造|林地|饮水|低保户|脱贫|灌溉|村级/g,
  ],
  民政: [/民政|残联|退役军人|老龄|慈善/g, /低保|五保|抚恤|优抚|退伍|残疾|高龄|救助|婚姻|殡葬|墓/g],
  国土资源: [/国土|自然资源|矿产|征地拆迁|征收办/g, /征地|征收|土地|耕地|采矿|宅基地|青苗/g],
  商贸旅游: [/工商|市场监督|市监|质监|商务|旅游|粮食局|盐业/g, /营业执照|消费者|商家|景区|市场|旅行社|投诉举报|电梯/g],
  经济管理: [
    /发改|发展和改革|物价|财政局|税务|国税|地税|金融办|银监|人民银行|国资委|经信|电力|供电|安监/g,
    /电价|收费标准|电费|税|贷款|价格|补贴资金|非法集资|企业改制|电网|停电/g,
  ],
  科技与信息产业: [/科技局|移动公司|电信公司|联通公司|广电|通信|经信委信息/g, /宽带|基站|信号|网络覆盖|通信/g],
  党务政务: [
    /组织部|编办|宣传部|统战|机关事务|政府办|公务员局|人大常委|团委/g,
    /公务员|编制|党员|选举|招考|事业单位|干部/g,
  ],
  纪检监察: [/纪委|监察委|监委|巡察|纪检/g, /违纪|立案审查|处分|贪污|作风|问责/g],
};

function subjectOf({ title, reply }: Letter): string | null {
  const text = reply.replaceAll(title, '').replace(/[“"《〈][^”"》〉]{0,60}[”"》〉]/g, '');
  const scores = Object.entries(subjects).map(([subject, [offices, matters]]) => {
    const score = 3 * (text.match(offices)?.length ?? 0) + (text.match(matters)?.length ?? 0);
    return { subject, score };
  });
  const [first, second] = scores.sort((one, other) => other.score - one.score);
  return first && first.score >= 3 && first.score > (second?.score ?? 0) ? first.subject : null;
}

const path = process.argv[2] ?? '../shared/data/letters-with-replies.csv';
const letters: Letter[] = parse(readFileSync(path), { columns: true, bom: true });
letters.sort((one, other) => (one.created_at < other.created_at ? -1 : 1));
const all = letters.map((letter) => ({ title: letter.title, text: letter.body, label: subjectOf(letter) }));
const isLabelled = (one: (typeof all)[number]): one is (typeof all)[number] & { label: string } => one.label !== null;

for (const [name, isTesting] of [
  ['every fifth letter tested', (index: number) => index % 5 === 4 || index >= 2_813],
  ['the newest tested', (index: number) => index >= 2_250],
] as const) {
  const training = all.filter((_, index) => !isTesting(index)).filter(isLabelled);
  const testing = all.filter((_, index) => isTesting(index)).filter(isLabelled);
  const held = training.filter((_, index) => index % 8 === 7);
  const started = performance.now();
  const suggester = new Suggester();
  suggester.learnAll(training.filter((_, index) => index % 8 !== 7));
  suggester.calibrate(held);
  suggester.learnAll(held);
  report(name, suggester, training, testing, (performance.now() - started) / 1000);
}

type Labelled = { title: string; text: string; label: string };

function report(name: string, suggester: Suggester, training: Labelled[], testing: Labelled[], seconds: number): void {
  const counts = new Map<string, number>();
  for (const { label } of training) counts.set(label, (counts.get(label) ?? 0) + 1);
  const ranking = [...counts].sort((one, other) => other[1] - one[1]).map(([label]) => label);
  const share = (test: (one: Labelled) => boolean): string =>
    `${((100 * testing.filter(test).length) / testing.length).toFixed(1)} %`;
  const results = testing.map((one) => ({ one, found: suggester.suggest(one, 3) }));
  const right = (depth: number): string =>
    `${((100 * results.filter(({ one, found }) => found.slice(0, depth).some(({ label }) => label === one.label)).length) / results.length).toFixed(1)} %`;
  console.log(
    `\n${name}: learnt from ${training.length}, tested on ${testing.length}, ${ranking.length} subjects, ${seconds.toFixed(1)} s\n` +
      `  top 1 ${right(1)}, top 3 ${right(3)}; majority top 1 ${share((one) => one.label === ranking[0])}, ` +
      `top 3 ${share((one) => ranking.slice(0, 3).includes(one.label))}`,
  );
  for (const low of [0, 0.3, 0.5, 0.7, 0.9]) {
    const next = { 0: 0.3, 0.3: 0.5, 0.5: 0.7, 0.7: 0.9, 0.9: 1.01 }[low] ?? 1;
    const inside = results.filter(
      ({ found }) => (found[0]?.confidence ?? 0) >= low && (found[0]?.confidence ?? 0) < next,
    );
    const said = inside.reduce((sum, { found }) => sum + (found[0]?.confidence ?? 0), 0) / inside.length;
    const held = inside.filter(({ one, found }) => found[0]?.label === one.label).length / inside.length;
    console.log(`  said ${(100 * said).toFixed(0)} %: right ${(100 * held).toFixed(0)} % (n = ${inside.length})`);
  }
}
