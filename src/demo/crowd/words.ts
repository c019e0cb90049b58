import { audienceQuestions } from '../content/coming.ts';

const places =
  '枣园小区 东湾新村 灯塔路 海泊河畔 沧口老街 北岭 李村河边 崂西镇 浮山后 团岛 湖岛 双山 四方嘉园 大港片区 麦岛 石老人 中韩街道 流亭 棘洪滩 河套'.split(
    ' ',
  );

/** What people ask in any room; `{topic}` is its topic. */
const anywhere = [
  '关于“{topic}”，今年还会有新的安排吗？',
  '这件事在网上能办吗？要带哪些材料？',
  '老人不会用手机，有没有线下的窗口可以办？',
  '上次反映过，说会研究，现在有结果了吗？',
  '外地户口在这里住了五年，能不能一样享受？',
  '能不能把进度公布出来，让大家都看得到？',
  '周末有没有人值班？上班族平时请不了假。',
  '遇到推来推去的时候，应该找哪个部门？',
  '标准是怎么定的？能不能说得简单一点？',
  '什么时候能轮到我们这一片？',
];

/** A question as somebody of the crowd types it; `number` chooses, `live` is the room of the demo's own audience. */
export function crowdQuestion(number: number, topic: string, live: boolean): string {
  const questions = live ? audienceQuestions : anywhere;
  const question = questions[(number * 7) % questions.length] ?? '';
  return `${places[(number * 11) % places.length]}这边：${question.replace('{topic}', topic)}`;
}
