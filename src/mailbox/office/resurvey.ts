import { hasRole, type Actor } from '../../kernel/actor.ts';
import { cityDay } from '../../kernel/calendar.ts';
import { forbidden, notFound } from '../../kernel/errors.ts';
import { now } from '../../kernel/time.ts';
import { resurveyPool } from '../actions/drawResurveySample.ts';
import { LetterModel } from '../letterModel.ts';
import { canRead } from '../policy.ts';
import type { Letter } from '../record.ts';
import { drawFrom, ResurveySampleModel, sampleNamed, type ResurveySample } from '../resurveySample.ts';
import type { Resurvey } from '../supervisionRecord.ts';
import { letterPath } from './rows.ts';
import { resurveySize } from './settings.ts';
import { satisfactionWord, sayIn } from './words.ts';
import { nameInLanguage } from '../../organization/index.ts';

export const samplePath = (name: string): string => `/office/supervision/resurvey/${name}`;

function demandSurveyor(actor: Actor): void {
  if (!hasRole(actor, 'supervisor', 'clerk')) throw forbidden('mailbox.errors.not-your-part');
}

const fields = {
  number: 1,
  title: 1,
  facts: 1,
  resurveys: 1,
  state: 1,
  ownerPath: 1,
  writerId: 1,
  lead: 1,
  assisting: 1,
};
const lettersOf = async ({ letterIds }: ResurveySample): Promise<Letter[]> => {
  const found = await LetterModel.find({ _id: { $in: letterIds } }, fields).lean<Letter[]>();
  const byId = new Map(found.map((letter) => [letter._id, letter]));
  return letterIds.flatMap((id) => byId.get(id) ?? []);
};

/** What was said on the telephone: how many were called, reached, satisfied, said it is solved. */
function resultsOf(sample: ResurveySample, letters: readonly Letter[]) {
  const results = letters.flatMap(({ resurveys }) => resurveys.findLast((one) => one.sample === sample._id) ?? []);
  const reached = results.filter((one) => one.reached);
  const said = reached.filter((one) => one.solved !== null);
  return {
    called: results.length,
    reached: reached.length,
    satisfied: reached.filter((one) => one.satisfaction !== 'dissatisfied').length,
    said: said.length,
    solved: said.filter((one) => one.solved).length,
  };
}

/** 电话回访: the samples drawn so far, the newest first, with what came out; and the form to draw one. */
export async function samplesModel(actor: Actor, typed: Record<string, string>) {
  demandSurveyor(actor);
  const samples = await ResurveySampleModel.find({}).sort({ drawnAt: -1 }).limit(36).lean<ResurveySample[]>();
  const lines = await Promise.all(
    samples.map(async (sample) => ({
      href: samplePath(sample._id),
      name: sample._id,
      month: sample.month,
      size: sample.letterIds.length,
      population: sample.population,
      drawnAt: sample.drawnAt,
      by: sample.by.name,
      ...resultsOf(sample, await lettersOf(sample)),
    })),
  );
  const month = cityDay(new Date(now().getTime() - 25 * 86_400_000)).slice(0, 7);
  return { samples: lines, values: { month, size: String(resurveySize.value()), ...typed } };
}

/** Where a sample goes on: at the first letter nobody was called for yet, or back at the sample when all are done. */
export async function nextToCall(actor: Actor, name: string): Promise<string> {
  const sample = await sampleNamed(name);
  const letters = sample ? await lettersOf(sample) : [];
  const next = letters.find((letter) => canRead(actor, letter) && !letter.resurveys.some((one) => one.sample === name));
  return next ? callPath(next, name) : samplePath(name);
}
const callPath = ({ number }: Letter, name: string): string =>
  `${letterPath(number)}?do=resurvey&sample=${encodeURIComponent(name)}#act`;

/** One sample: its letters to call, what was said, and whether drawing again gives the same letters. */
export async function sampleModel(actor: Actor, name: string) {
  demandSurveyor(actor);
  const sample = await sampleNamed(name);
  if (!sample) throw notFound();
  const say = sayIn(actor.language);
  const letters = await lettersOf(sample);
  const again = drawFrom(await resurveyPool(sample.month), sample.seed, sample.size).map(({ _id }) => _id);
  return {
    sample: { ...sample, count: sample.letterIds.length, same: again.join() === sample.letterIds.join() },
    results: resultsOf(sample, letters),
    rows: letters
      .filter((letter) => canRead(actor, letter))
      .map((letter) => {
        const said = letter.resurveys.findLast((one) => one.sample === name);
        return {
          number: letter.number,
          title: letter.title,
          department: nameInLanguage(letter.facts.departmentName, actor.language),
          repliedAt: letter.facts.repliedAt,
          href: callPath(letter, name),
          state: said
            ? { tone: toneOf(said), text: saidWords(said, actor) }
            : { tone: 'active', text: say('resurvey.to-call') },
        };
      }),
  };
}

const toneOf = (said: Resurvey): string =>
  !said.reached ? 'stopped' : said.satisfaction === 'dissatisfied' ? 'overdue' : 'done';

function saidWords({ reached, satisfaction, solved }: Resurvey, { language }: Actor): string {
  const say = sayIn(language);
  if (!reached || !satisfaction) return say('supervision.not-reached');
  const words = [satisfactionWord(satisfaction, language)];
  if (solved !== null) words.push(say(`trail-data.solved-${solved ? 'yes' : 'no'}`));
  return words.join(say('trail-comma'));
}
