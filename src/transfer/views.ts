import type { Language } from '../kernel/language.ts';
import { translate } from '../platform/language.ts';
import type { GivenPassword, Plan } from './plan.ts';
import { columnWords, type Fault, writeSheet } from './sheet.ts';

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

/** What an import did; one-time passwords as a file inside the page, kept nowhere. */
export function outcomePage(
  plan: Plan,
  outcome: { passwords: readonly GivenPassword[]; faults: readonly Fault[] },
  language: Language,
) {
  const { passwords } = outcome;
  const header = ['userName', 'displayName', 'password'].map((column) => columnWords(column, language));
  const file = writeSheet(
    header,
    passwords.map(({ userName, displayName, password }) => [userName, displayName, password]),
  );
  return {
    ...counts(plan),
    faults: faultRows(outcome.faults, language),
    passwords,
    file: passwords.length > 0 ? `data:text/csv;charset=utf-8;base64,${Buffer.from(file).toString('base64')}` : null,
  };
}
