import { departmentName, nameInLanguage } from '../../organization/index.ts';
import { planAnswer } from '../assignment.ts';
import { suggestDepartments } from '../departmentSuggestion.ts';
import { procedures } from '../letter.ts';
import { remarkField, type Bench, type Field } from './act.ts';
import { recipientOptions } from './staffed.ts';
import { exact, planned } from './classFields.ts';

/** The departments that sent this letter back as not theirs 退办. */
const returnedBy = ({ trail }: Bench['letter']): string[] => [
  ...new Set(
    trail.flatMap(({ verb, data }) => (verb === 'return' && data?.['department'] ? [String(data['department'])] : [])),
  ),
];

const leastSure = 40;

/** The departments a letter can go to, the likely ones first, each with its confidence; not those that sent it back. */
export async function assignFields(bench: Bench): Promise<Field[]> {
  const { letter, say, departments, language, at, calendar } = bench;
  const suggested = await suggestDepartments({ title: letter.title, text: letter.body });
  const returned = returnedBy(letter);
  const byId = new Map(departments.map((department) => [department.id, department]));
  const likely = suggested.flatMap(({ departmentId, confidence }) => {
    const department = byId.get(departmentId);
    return department && !returned.includes(department.name)
      ? [{ id: departmentId, label: departmentName(department, language), percent: Math.round(confidence * 100) }]
      : [];
  });
  const wished = letter.wishedDepartmentId ? byId.get(letter.wishedDepartmentId) : undefined;
  const one = ({ label, percent }: (typeof likely)[number]) =>
    say('hints.suggested-one', { department: label, percent });
  // Less sure than this, the machine names departments but does not choose one
  const sure = likely.find(({ percent }) => percent >= leastSure);
  const hints = [
    ...(likely.length > 0 ? [say('hints.suggested', { list: likely.map(one).join(say('trail-comma')) })] : []),
    ...returned.map((name) => say('hints.returned-by', { department: nameInLanguage(name, language) })),
    ...(wished ? [say('hints.wished', { department: departmentName(wished, language) })] : []),
  ];
  const plan = planAnswer(letter, at, calendar);
  const workers = departments.filter(({ parentId }) => parentId !== null);
  return [
    {
      name: 'departmentId',
      type: 'select',
      label: say('fields.lead'),
      value: sure?.id ?? (wished && !returned.includes(wished.name) ? wished.id : ''),
      options: [{ value: '', label: say('fields.choose') }, ...(await recipientOptions(workers, language, say))],
      ...(hints.length ? { hint: hints.join('　') } : {}),
    },
    {
      name: 'procedure',
      type: 'radio',
      label: say('fields.procedure'),
      value: letter.procedure,
      options: planned(bench, procedures),
    },
    {
      name: 'assisting',
      type: 'checks',
      label: say('fields.assisting'),
      optional: true,
      hint: say('hints.assisting-until', { until: exact(plan.assisting.deadline.dueAt, bench) }),
      options: await recipientOptions(
        workers.filter(({ depth }) => depth === 1),
        language,
        say,
      ),
    },
    { ...remarkField(bench), label: say('fields.to-department') },
  ];
}
