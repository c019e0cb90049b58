const sentence =
  '请问城北新区的公交线路什么时候能够延伸到地铁口？早晚高峰每班间隔二十多分钟，老人和学生出行很不方便，希望能给一个时间表。';

/** A question of ordinary length. */
export function questionText(name: string | number): string {
  return `第${name}问：${sentence}`;
}

/** An answer, or a turn of the record, of ordinary length. */
export function answerText(name: string | number): string {
  return `答${name}：这条线路已经列入下一批延伸的计划，站位和发车间隔正在征求沿线居民的意见，年底前公布时间表，请大家留意公告。`;
}
