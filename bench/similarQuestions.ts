// node bench/similarQuestions.ts — similar published questions beside a waiting one, in a room of 5,000 questions, as the
// screener's desk asks for them: the look at what changed in the database included.
import mongoose from 'mongoose';
import { QuestionModel } from '../src/interview/questionModel.ts';
import { searchPublished, similarQuestions } from '../src/interview/similar.ts';
import { newId } from '../src/kernel/id.ts';

const uri = process.argv[2] ?? process.env['MONGODB_URI'];
if (!uri) throw new Error('Say which database: node bench/similarQuestions.ts mongodb://127.0.0.1:27017/bench');
const rooms = 5_000;
const places = [
  '三号线',
  '老城区',
  '人民路',
  '高新区',
  '滨江公园',
  '第二中学',
  '市民中心',
  '开发区',
  '火车站',
  '西湖街道',
];
const matters = [
  '加装电梯',
  '停车难',
  '积水治理',
  '公交改线',
  '学区划分',
  '夜间施工',
  '垃圾分类',
  '路灯不亮',
  '医保报销',
  '燃气改造',
];
const asks = [
  '什么时候能解决',
  '由哪个部门负责',
  '需要准备什么材料',
  '费用怎么分摊',
  '进度到了哪一步',
  '能不能公开方案',
];
let seed = 7;
const pick = (from: readonly string[]): string => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return from[Math.floor((seed / 2 ** 32) * from.length)] ?? '';
};
const question = () =>
  `${pick(places)}附近${pick(places)}的${pick(matters)}问题${pick(asks)}？另外${pick(matters)}${pick(asks)}？`;

await mongoose.connect(uri, { directConnection: true });
await QuestionModel.createIndexes();
const interviewId = newId();
await QuestionModel.collection.insertMany(
  Array.from({ length: rooms }, (_, number) => ({
    _id: newId() as never,
    interviewId,
    askerId: newId(),
    askerOrder: 1,
    formKey: newId(),
    text: question(),
    state: 'published',
    revision: number + 1,
  })),
);
const built = performance.now();
await similarQuestions(interviewId, [{ id: 'first', text: question() }]);
console.log(`first search, which fills the index: ${(performance.now() - built).toFixed(0)} ms`);
async function measure(what: string, search: (number: number) => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  const busy = process.cpuUsage();
  for (let number = 0; number < 500; number += 1) {
    const started = performance.now();
    await search(number);
    times.push(performance.now() - started);
  }
  const { user, system } = process.cpuUsage(busy);
  times.sort((one, other) => one - other);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  const each = ((user + system) / 1000 / times.length).toFixed(1);
  console.log(
    `${rooms} questions: ${what} p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(0.999)} ms; CPU ${each} ms each`,
  );
}
await measure('like one', (number) => similarQuestions(interviewId, [{ id: String(number), text: question() }]));
await measure('by words', () => {
  const words = `${pick(places)} ${pick(matters)}`;
  return searchPublished(interviewId, { words, number: null, without: '', limit: 10 });
});
await QuestionModel.deleteMany({ interviewId });
await mongoose.disconnect();
