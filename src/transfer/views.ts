import type { Language } from '../kernel/language.ts';
import { translate } from '../platform/language.ts';
import type { TableImport } from './importModel.ts';
import { passwordsOf } from './passwords.ts';
import type { Plan } from './plan.ts';
import { importProgress } from './progress.ts';
import { passwordsUntil } from './retention.ts';
import { columnWords, type Fault } from './sheet.ts';

const shownMax = 500;

const faultRows = (faults: readonly Fault[], language: Language) =>
  faults.map(({ line, column, told }) => ({
    line,
    column: column ? columnWords(column, language) : '',
    told: translate(language, told.key, told.params),
  }));

const counts = (plan: Plan) => {
  const count = (outcome: string) => plan.rows.filter((row) => row.outcome === outcome).length;
  return { fresh: count('new'), changed: count('changed'), unchanged: count('unchanged') };
};

/** What an import would do: counts, faults by row and column, and each change with before and after. */
export function planPage(plan: Plan, language: Language) {
  const telling = plan.rows.filter((row) => row.outcome !== 'unchanged');
  const faults = [...plan.faults].sort((a, b) => a.line - b.line);
  return {
    ...counts(plan),
    faults: faultRows(faults.slice(0, shownMax), language),
    faultCount: faults.length,
    rows: telling.slice(0, shownMax).map((row) => ({
      ...row,
      fresh: row.outcome === 'new',
      changes: row.changes.map((change) => ({ ...change, column: columnWords(change.column, language) })),
    })),
    more: Math.max(0, telling.length - shownMax),
    ready: faults.length === 0 && telling.length > 0,
  };
}

const shownPasswords = 20;

/** A confirmed import in a list: when, what, how far. */
export function importRow(run: TableImport, base: string, language: Language) {
  const { _id, createdAt, fresh, changed, unchanged, rowsDone, faults } = run;
  const rows = fresh + changed;
  return {
    href: `${base}/import/${_id}`,
    createdAt,
    fresh,
    changed,
    unchanged,
    rows,
    rowsDone,
    ...importProgress({ state: run.state, done: rowsDone, of: rows, partly: (faults?.length ?? 0) > 0 }, language),
  };
}

/** What an import is doing or did; one-time passwords in the page when they are few, as a file always. */
export async function importPage(run: TableImport, base: string, language: Language) {
  const passwords = await passwordsOf(run);
  return {
    run: importRow(run, base, language),
    failure: run.failure && translate(language, run.failure.key, run.failure.params),
    faults: faultRows(run.faults.slice(0, shownMax), language),
    faultCount: run.faults.length,
    passwordCount: passwords.length,
    passwords: passwords.length <= shownPasswords ? passwords : [],
    passwordsUntil: run.endedAt && passwordsUntil(run.endedAt),
  };
}
