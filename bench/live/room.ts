import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import type { Feature } from '../../src/feature.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/id.ts';
import { parse } from '../../src/kernel/parse.ts';
import { changeRoom, countRoom, groupWrites, insertOnce, type RoomDefinition, type Row } from '../../src/live/index.ts';

interface StoredQuestion {
  _id: string;
  roomId: string;
  revision: number;
  text: string;
  asker: string;
  votes: number;
  at: number;
}
const options = { autoIndex: false, autoCreate: false, versionKey: false } as const;
const questionSchema = new Schema<StoredQuestion>(
  { _id: String, roomId: String, revision: Number, text: String, asker: String, votes: Number, at: Number },
  options,
).index({ roomId: 1, revision: 1 });
const voteSchema = new Schema({ _id: String, questionId: String, roomId: String }, options);
export const QuestionModel = mongoose.model('BenchQuestion', questionSchema, 'bench-questions');
export const VoteModel = mongoose.model('BenchVote', voteSchema, 'bench-votes');

const rowOf = (question: StoredQuestion): Row => ({
  id: question._id,
  kind: 'question',
  revision: question.revision,
  text: question.text,
  asker: question.asker,
  state: 'published',
  department: '市住房和城乡建设局',
  at: question.at,
});

const room: RoomDefinition = {
  kind: 'bench',
  audiences: ['public'],
  open: ['public'],
  async load(roomId) {
    const questions = await QuestionModel.find({ roomId }).lean();
    const votes = Object.fromEntries(questions.map((question) => [question._id, question.votes]));
    const revision = Math.max(0, ...questions.map((question) => question.revision));
    return { revision, rows: { public: questions.map(rowOf) }, counters: { asked: questions.length, votes } };
  },
  async admit() {},
};

const asked = z.object({ roomId: z.string(), id: z.string(), text: z.string() });
async function publish(_actor: Actor, input: unknown): Promise<void> {
  const { roomId, id, text } = parse(asked, input);
  await changeRoom('bench', roomId, async (revision) => {
    const question = { _id: id, roomId, revision, text, asker: '市民', votes: 0, at: Date.now() };
    await QuestionModel.collection.insertOne(question as never);
    return { public: [rowOf(question)] };
  });
}

interface Vote {
  _id: string;
  questionId: string;
  roomId: string;
}
const voteTotals = new Map<string, number>();
const takeVote = groupWrites<Vote, boolean>(async (votes) => {
  const taken = await insertOnce(VoteModel, votes);
  const fresh = votes.filter((_vote, index) => taken[index]);
  const sums = new Map<string, Vote & { votes: number }>();
  for (const vote of fresh) {
    sums.set(vote.questionId, { ...vote, votes: (sums.get(vote.questionId)?.votes ?? 0) + 1 });
  }
  await QuestionModel.bulkWrite(
    [...sums.values()].map(({ questionId, votes: more }) => ({
      updateOne: { filter: { _id: questionId }, update: { $inc: { votes: more } } },
    })),
    { ordered: false },
  );
  for (const { questionId, roomId, votes: more } of sums.values()) {
    const total = (voteTotals.get(questionId) ?? 0) + more;
    voteTotals.set(questionId, total);
    countRoom('bench', roomId, { votes: { [questionId]: total } });
  }
  return taken;
});

const voted = z.object({ roomId: z.string(), questionId: z.string(), voter: z.string().optional() });
async function vote(actor: Actor, input: unknown): Promise<boolean> {
  const { roomId, questionId, voter } = parse(voted, input);
  return takeVote({ _id: `${questionId}/${voter ?? actor.id}`, questionId, roomId });
}

/** A room of the shape of an interview, for measuring. */
export const benchFeature: Feature = {
  name: 'bench',
  models: [QuestionModel, VoteModel],
  rooms: [room],
  socketActions: { 'bench.publish': publish, 'bench.vote': vote },
};

const sentence =
  '请问城北新区的公交线路什么时候能够延伸到地铁口？早晚高峰每班间隔二十多分钟，老人和学生出行很不方便，希望能给一个时间表。';

/** A question of ordinary length. */
export function questionText(index: number): string {
  return `第${index}问：${sentence}`;
}

/** Puts `count` questions into a room before anybody is there. */
export async function fillRoom(roomId: string, count: number): Promise<void> {
  const questions = Array.from({ length: count }, (_, index) => ({
    _id: newId(),
    roomId,
    revision: index + 1,
    text: questionText(index),
    asker: '市民',
    votes: 0,
    at: 0,
  }));
  if (count > 0) await QuestionModel.collection.insertMany(questions as never[]);
}
