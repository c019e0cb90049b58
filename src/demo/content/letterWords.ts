/** Places of 青澜市 and the district in which they lie. */
export const places: readonly (readonly [name: string, district: string])[] = [
  ['枣园新村', 'shibei'],
  ['灯会里小区', 'shibei'],
  ['双桥花苑', 'shibei'],
  ['北山坡三区', 'shibei'],
  ['机车厂宿舍', 'cangkou'],
  ['沧口老街小区', 'cangkou'],
  ['纺机家园', 'cangkou'],
  ['溪畔人家', 'laoxi'],
  ['海泊湾小区', 'laoxi'],
  ['石崖新居', 'laoxi'],
  ['湾西学府里', 'wanxi'],
  ['船坞花园', 'wanxi'],
  ['东湾渔港小区', 'dongwan'],
  ['潮音苑', 'dongwan'],
  ['平河里小区', 'pinghe'],
  ['麦田新城', 'pinghe'],
];

export const roads =
  '澜山路 海泊路 枣园二路 灯会街 双桥路 石崖路 渔港大道 学府北路 机厂路 平河大街 观潮路 滨澜路'.split(' ');

export const schools = '枣园小学 海泊路小学 双桥实验学校 灯会街小学 湾西学府小学 平河第三中学'.split(' ');

export const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'.split('');

export const givenNames =
  '建国 秀兰 晓东 丽娟 志强 海燕 文涛 雪梅 立新 春霞 一诺 子轩 玉珍 国庆 小雨 振华 桂芳 浩然'.split(' ');

/** Officials of departments that have no account to try. */
export const officials = '丁若川 石亦安 冯晚晴 纪长青 余思远 宋知微 方怀瑾 常予安 严正则 邱明澈 姜怀远 夏初晴'.split(
  ' ',
);

export const greetings = [
  '',
  '您好！',
  '领导您好：',
  '尊敬的工作人员：',
  '打扰了。',
  '第一次写信，说得不好请谅解。',
  '代邻居们反映一下：',
];

export const farewells = [
  '',
  '谢谢！',
  '盼复。',
  '麻烦了，辛苦你们。',
  '希望能得到重视。',
  '有需要可以打我电话{phone}，下班后都在。',
  '我叫{name}，随时可以配合到现场看。',
];

export const complaintsAboutReplies = [
  '说是修好了，可这两天又和原来一样，没有人回来看过。',
  '答复很客气，但问题并没有解决，希望给个明确的时间。',
  '只处理了一半，另外半边楼还是老样子。',
];

export const praise = [
  '',
  '',
  '处理得很快，谢谢。',
  '第二天就有人来了，没想到。',
  '答复得很清楚。',
  '已经好了，点个赞。',
];

export const secondReply =
  '您好。收到您的不满意评价后，我们重新到现场核实，上次处理确有遗漏，向您致歉。现已由分管负责人牵头，增派人员完成剩余部分，并与您当面确认结果。后续一个月我们每周回看一次，如有反复，请直接联系经办人，不必再次写信。';

/** What an official writes beside the reply. */
export const officialWords = {
  ask: '为了尽快到现场，请补充具体的楼号、单元和方便上门的时间。',
  supplement: '是靠西边的单元，工作日晚上六点以后家里都有人，周末全天都可以。',
  silence: '来信所述不属于我单位职责，建议转交相关主管单位办理。',
  extension: '需要专业机构检测并等待报告，预计增加几个工作日才能给出准确答复。',
  granted: '情况属实，同意延期，请按新的期限办结。',
  sendBack: '请写明具体完成时间和联系人，再补充现场核实的情况。',
  urge: '期限将到，请抓紧办理并及时答复来信人。',
  order: '已联系来信人说明情况，并安排专人跟进，本周内答复。',
  appeal: '因配件从外地调运，期间已多次向来信人说明进度，申请撤销该牌。',
  stands: '延误属实且未申请延期，维持发牌。',
  withdrawn: '说明属实，有现场记录佐证，同意撤牌。',
  again: '来信人反映问题未解决，请重新核实办理。',
  dissatisfied: '现场确实没有完全解决，请重新办理一次。',
  opinion: '我单位已核对相关资料，现场情况与来信一致，可配合主办单位一并处理。',
  thanks: '已经解决了，撤回这封信，谢谢。',
  duplicate: '同一小区同一事项，并入首封信一起办理。',
} as const;

export const notReached = '两次拨打无人接听，改日再打。';

/** What writers say when they are called 电话回访. */
export const saidOnTheTelephone = {
  satisfied: '表示已经解决，感谢回访。',
  fairly: '基本认可，希望以后能快一些。',
  dissatisfied: '表示问题反复出现，希望再到现场看看。',
} as const;
