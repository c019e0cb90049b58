import type { Language } from '../kernel/language.ts';
import { listDepartments } from '../organization/index.ts';
import { filterAddress, filterChoices, filteredInterviews, whens, type ListFilter } from './listFilter.ts';
import { withCounts } from './views.ts';

const pageSize = 20;

/** The form above the list, filled with what is narrowed. */
export async function filterForm(language: Language, filter: ListFilter) {
  const [{ departmentIds, years }, departments] = await Promise.all([filterChoices(), listDepartments()]);
  const held = new Set(departmentIds);
  return {
    words: filter.words,
    when: filter.when,
    whens: whens.map((value) => ({ value })),
    department: filter.department,
    departments: departments
      .filter(({ id }) => held.has(id))
      .map(({ id, name, nameEnglish }) => ({ value: id, label: language === 'en' ? nameEnglish || name : name })),
    year: filter.year,
    years: years.map((value) => ({ value })),
  };
}

/** A page of what was found; the address holds the filter, so that it can be sent to somebody. */
export async function foundPage(language: Language, filter: ListFilter, asked: unknown) {
  const wished = Number(asked);
  const page = Number.isInteger(wished) && wished > 1 && wished < 10_000 ? wished : 1;
  const { interviews, total } = await filteredInterviews(filter, page, pageSize);
  const pageHref = (number: number) => `/interviews${filterAddress(filter, { page: String(number) })}`;
  return {
    interviews: await withCounts(interviews, language),
    total,
    previous: page > 1 ? pageHref(page - 1) : null,
    next: page * pageSize < total ? pageHref(page + 1) : null,
  };
}
