import { translate } from '../../../platform/language.ts';
import type { Language } from '../../../kernel/language.ts';
import { importProgress } from '../../../transfer/index.ts';
import { sayIn } from '../words.ts';
import { letterColumns, missingColumns, neededColumns, type Places } from './columns.ts';
import { readCells } from './run.ts';
import type { ImportRun } from './runModel.ts';

/** An import in a list or on its page: how far it is, and what can be done with it. */
export function runRow(run: ImportRun, language: Language) {
  const { state, rows, total, imported, trouble } = run;
  return {
    ...run,
    href: `/office/letters/import/${run._id}`,
    trouble: trouble && translate(language, trouble.key, trouble.params),
    undoable: (state === 'done' || state === 'failed') && imported > 0,
    ...importProgress({ state, done: rows, of: total }, language),
  };
}

/** Characters of a cell that are shown. */
const shownCharacters = 60;
const begin = (text: string) =>
  text.length > shownCharacters ? `${text.slice(0, shownCharacters).replace(/[\ud800-\udbff]$/, '')}…` : text;

/** What a file would become: the columns as they were found or chosen, and its first rows as letters or as faults. */
export function previewPage(run: ImportRun, places: Places, language: Language) {
  const say = sayIn(language);
  const name = (column: string) => say(`imports.fields.${column}`);
  const options = run.headings.map((heading, place) => ({
    value: String(place),
    label: `${letterOf(place)} ${heading.trim().slice(0, 40)}`.trim(),
  }));
  const chosen = letterColumns.filter((column) => places[column] !== undefined);
  const missing = missingColumns(places);
  return {
    columns: letterColumns.map((column) => ({
      name: column,
      label: name(column),
      options,
      value: places[column] === undefined ? '' : String(places[column]),
      optional: !neededColumns.includes(column),
    })),
    missing: missing.map(name).join(say('imports.and')),
    heads: chosen.map(name),
    rows: run.first.map((cells) => {
      const read = readCells({ headings: run.headings, places }, cells);
      return {
        cells: chosen.map((column) => ({
          label: name(column),
          text: begin((cells[places[column] ?? -1] ?? '').trim()),
        })),
        fault: missing.length === 0 && !('id' in read) ? translate(language, read.key, read.params) : '',
      };
    }),
  };
}

/** A, B … Z, AA …: as spreadsheets name their columns. */
const letterOf = (place: number): string =>
  (place < 26 ? '' : letterOf(Math.floor(place / 26) - 1)) + String.fromCharCode(65 + (place % 26));
