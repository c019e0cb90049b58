// node bench/similar.ts [letters.csv] — similar texts over 100,000 letters and 5,000 questions.
// With a CSV of real letters (title, body) the collection is mixed from their sentences; without it from made-up ones.
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { SimilarIndex } from '../src/text/index.ts';

const path = process.argv[2] ?? '../shared/data/letters-with-replies.csv';
let seed = 42;
const random = (limit: number): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 2 ** 32) * limit);
};
const letters = existsSync(path) ? realLetters() : madeUpLetters();
const sentences = letters.flatMap((letter) => letter.split(/(?<=[。！？\n])/)).filter((one) => one.trim().length > 4);
const pick = (): string => sentences[random(sentences.length)] ?? '';

/** A letter of the usual length (median 192 characters) from sentences of all letters. */
function mixedLetter(): string {
  let text = '';
  const length = 40 + random(300) + (random(10) === 0 ? random(1_500) : 0);
  while (text.length < length) text += pick();
  return text;
}

for (const [name, count, make, question] of [
  ['letters', 100_000, mixedLetter, mixedLetter],
  ['questions', 5_000, () => pick() + pick(), pick],
] as const) {
  const before = process.memoryUsage();
  const index = new SimilarIndex();
  const started = performance.now();
  let characters = 0;
  const kept: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const text = make();
    characters += text.length;
    if (number % (count / 200) === 0) kept[number] = text;
    index.add(String(number), text);
  }
  const built = performance.now() - started;
  const times: number[] = [];
  for (let number = 0; number < 500; number += 1) {
    const text = question();
    const start = performance.now();
    index.search(text, { limit: 5 });
    times.push(performance.now() - start);
  }
  let own = 0;
  let asked = 0;
  for (const number of Object.keys(kept)) {
    // Half of a letter, typed again with other signs: is the letter found first?
    const text = kept[Number(number)] ?? '';
    asked += 1;
    if (index.search(text.slice(0, text.length / 2).replace(/[，。]/g, ' '))[0]?.id === number) own += 1;
  }
  times.sort((one, other) => one - other);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  const after = process.memoryUsage();
  const grown = (after.rss - before.rss) / 2 ** 20;
  console.log(
    `${count} ${name}, ${Math.round(characters / count)} characters each: built in ${(built / 1000).toFixed(1)} s, ` +
      `search p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(0.999)} ms; ` +
      `tables ${(index.bytes / 2 ** 20).toFixed(0)} MB, process +${grown.toFixed(0)} MB; half a text finds it ${own}/${asked}`,
  );
}

function realLetters(): string[] {
  const rows: { title: string; body: string }[] = parse(readFileSync(path), { columns: true, bom: true });
  return rows.map(({ title, body }) => `${title}。${body}`);
}

function madeUpLetters(): string[] {
  const common = [
    ...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指',
  ];
  return Array.from({ length: 2_000 }, () =>
    Array.from({ length: 200 }, (_, index) => (index % 14 === 13 ? '。' : (common[random(common.length)] ?? ''))).join(
      '',
    ),
  );
}
