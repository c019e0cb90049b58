import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { invalid } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { countCharacters, typedText } from '../../kernel/text.ts';
import { formKey, id, ticked } from '../fields.ts';
import { lastRank, newTurn, sameTurn } from '../record/newTurn.ts';
import { readRecord, type Passage } from '../record/readText.ts';
import { answerLengthMax } from '../settings.ts';
import { speakersOf } from '../speakers.ts';
import { TurnModel, type Turn } from '../turnModel.ts';
import { asRecorder } from './recordTurn.ts';

/** Most turns and characters of one import. */
export const importMost = { turns: 500, characters: 80_000 } as const;

const several = z.union([
  z.array(z.string().max(60)).max(200),
  z
    .string()
    .max(60)
    .transform((one) => [one]),
]);
export const importSchema = z.object({
  text: typedText({ min: 2, max: importMost.characters }),
  /** Words before a colon that were not recognised, and who stands behind each: a speaker, or empty to leave them out. */
  labels: several.default([]),
  speakers: several.default([]),
});
const schema = importSchema.extend({ interviewId: id, hold: ticked, formKey });

/** Who was chosen for each of the words that were not recognised. */
export const chosenIn = ({ labels, speakers }: { labels: string[]; speakers: string[] }): Map<string, string> =>
  new Map(labels.map((label, index) => [label, speakers[index] ?? '']));

/** Throws when a text cannot become turns: too many, or one that is too long. */
export function checkPassages(passages: readonly Passage[]): void {
  const refuse = (key: string, params: Record<string, number>) =>
    invalid({ text: { key: `interview-record.errors.${key}`, params } });
  if (passages.length > importMost.turns) throw refuse('too-many-turns', { maximum: importMost.turns });
  const most = answerLengthMax.value();
  const long = passages.find(({ text }) => countCharacters(text) > most);
  if (long) throw refuse('turn-too-long', { line: long.line, maximum: most });
}

/**
 * The recorder takes a written text into the record: one turn a passage, all in one change and in their order. Passages
 * whose speaker is unknown are left out. The same form sent twice writes nothing twice.
 */
export async function importTurns(actor: Actor, input: unknown): Promise<Turn[]> {
  const { interviewId, text, hold, formKey: key, ...choice } = parse(schema, input);
  return asRecorder(actor, interviewId, async (interview, revision): Promise<Turn[]> => {
    const speakers = new Map(speakersOf(interview).map((speaker) => [speaker.id, speaker]));
    const passages = readRecord(text, [...speakers.values()], chosenIn(choice));
    checkPassages(passages);
    const first = await lastRank(interviewId);
    const keys = passages.map((_, index) => `${key}-${index}`);
    const there = await TurnModel.find({ interviewId, formKey: { $in: keys } }).lean<Turn[]>();
    const turns = passages.flatMap((passage, index) => {
      const speaker = speakers.get(passage.speakerId ?? '');
      const own = { text: passage.text, hold, formKey: keys[index] ?? '', order: first + index, revision };
      return speaker ? [newTurn(actor, interview, { speaker, ...own })] : [];
    });
    for (const turn of there) sameTurn(turn, turns.find((one) => one.formKey === turn.formKey)?.text ?? '');
    if (turns.length === 0) throw invalid({ text: { key: 'interview-record.errors.nobody-known' } });
    const missing = turns.filter((turn) => !there.some((one) => one.formKey === turn.formKey));
    if (missing.length > 0) await TurnModel.insertMany(missing, { ordered: true });
    return [...there, ...missing];
  });
}
