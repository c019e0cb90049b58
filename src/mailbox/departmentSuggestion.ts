import mongoose from 'mongoose';
import { Suggester } from '../text/index.ts';
import { departmentById } from '../organization/index.ts';
import { onLetterChanged } from './afterChange.ts';
import { LetterModel } from './letterModel.ts';
import type { Letter } from './record.ts';

export interface SuggestedDepartment {
  departmentId: string;
  name: string;
  /** 0 to 1, so often such a suggestion is right. */
  confidence: number;
}

let suggester = new Suggester();
let learntFrom = '';
let learning: Promise<void> | null = null;
const examples = 3_000;
/** With fewer decisions, or less sure than this, a suggestion would rather mislead. */
const least = { letters: 40, confidence: 0.3 };
let learnt = 0;

type Example = Pick<Letter, 'title' | 'body' | 'lead' | 'facts'>;

/** The department a letter was assigned to, not where it was passed on to. */
const labelOf = (letter: Example): string | null => letter.facts.departmentId;

function learn(letter: Example): void {
  const label = labelOf(letter);
  if (!label) return;
  learnt += 1;
  suggester.learn({ text: letter.body.slice(0, 1000), title: letter.title, label });
}

// What a clerk decides is known at the next letter
onLetterChanged((letter) => {
  if (letter.trail.at(-1)?.verb === 'assign' && learntFrom === mongoose.connection.name) learn(letter);
});

/** Learns from the last letters that a clerk assigned, a few at a time, while the program already answers. */
export function learnDepartments(): Promise<void> {
  learning ??= learnAll().finally(() => (learning = null));
  return learning;
}

async function learnAll(): Promise<void> {
  suggester = new Suggester();
  learnt = 0;
  learntFrom = mongoose.connection.name;
  const letters = await decidedLetters();
  for (const [number, letter] of letters.entries()) {
    learn(letter);
    if (number % 5 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Walks back in time by months: no large sort, and an empty city costs little. */
async function decidedLetters(): Promise<Letter[]> {
  const letters: Letter[] = [];
  let until = Date.now();
  for (let month = 0; month < 24 && letters.length < examples; month += 1) {
    const from = until - 15 * 86_400_000;
    const found = await LetterModel.find(
      { submittedAt: { $gte: new Date(from), $lt: new Date(until) } },
      { title: 1, body: 1, facts: 1 },
    )
      .limit(examples - letters.length)
      .lean<Letter[]>();
    letters.push(...found.filter((letter) => labelOf(letter) !== null));
    until = from;
  }
  return letters;
}

/** The likeliest departments for a letter, best first; none while nothing was learnt. */
export async function suggestDepartments(
  letter: { title: string; text: string },
  limit = 3,
): Promise<SuggestedDepartment[]> {
  if (learntFrom !== mongoose.connection.name) {
    await Promise.race([learnDepartments(), new Promise((resolve) => setTimeout(resolve, 200).unref())]);
  }
  if (learnt < least.letters) return [];
  const found = suggester.suggest(letter, limit + 3).filter(({ confidence }) => confidence >= least.confidence / limit);
  const known = await Promise.all(
    found.map(async ({ label, confidence }) => {
      const department = await departmentById(label);
      return department?.active ? [{ departmentId: label, name: department.name, confidence }] : [];
    }),
  );
  return known.flat().slice(0, limit);
}
