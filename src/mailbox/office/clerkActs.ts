import { departmentName, departmentOptions } from '../../organization/index.ts';
import { acceptLetter } from '../actions/acceptLetter.ts';
import { assignLetter } from '../actions/assignLetter.ts';
import { classifyLetter } from '../actions/classifyLetter.ts';
import { closeLetter } from '../actions/closeLetter.ts';
import { decideExtension } from '../actions/decideExtension.ts';
import { decideRehandling } from '../actions/decideRehandling.ts';
import { declineLetter } from '../actions/declineLetter.ts';
import { hideLetter } from '../actions/hideLetter.ts';
import { linkDuplicate } from '../actions/linkDuplicate.ts';
import { releaseReply } from '../actions/releaseReply.ts';
import { sendBack } from '../actions/sendBack.ts';
import { running } from '../clocks.ts';
import { letterKinds, procedures, urgencies } from '../letter.ts';
import { planAnswer } from '../assignment.ts';
import { assignRule } from '../rules.ts';
import { declineReasons, subjectClasses } from '../settings.ts';
import { startClock } from '../../kernel/clock.ts';
import { writeDate } from '../../web/views/timeWords.ts';
import { decisionField, reasonField, remarkField, type Acts, type Bench, type Field } from './act.ts';
import { suggestDepartments } from '../departmentSuggestion.ts';
import { kindWord, options } from './words.ts';

const exact = (at: Date | null, { language, say }: Bench): string =>
  at ? writeDate(at, 'exact', language) : say('due.none');

/** Kind, subject, urgency, procedure, as they stand on the letter. */
function classFields(bench: Bench): Field[] {
  const { letter, say, language, at, calendar } = bench;
  const decided = running(letter.clocks, 'answer') !== undefined;
  const hintOf = (urgency: (typeof urgencies)[number]) =>
    say('hints.assign-until', {
      until: exact(startClock('assign', assignRule(urgency), at, calendar).deadline.dueAt, bench),
    });
  const kinds = decided ? [letter.kind] : letterKinds;
  const possible = decided ? [letter.procedure] : procedures;
  return [
    {
      name: 'kind',
      type: 'select',
      label: say('fields.kind'),
      value: letter.kind,
      options: options(kinds, (kind) => kindWord(kind, language)),
    },
    {
      name: 'subject',
      type: 'select',
      label: say('fields.subject'),
      value: letter.subject,
      options: [{ value: '', label: say('fields.none') }, ...options(subjectClasses.value(), (subject) => subject)],
    },
    {
      name: 'urgency',
      type: 'radio',
      label: say('fields.urgency'),
      value: letter.urgency,
      options: urgencies.map((value) => ({
        value,
        label: say(`urgencies.${value}`),
        ...(decided ? {} : { hint: hintOf(value) }),
      })),
    },
    {
      name: 'procedure',
      type: 'radio',
      label: say('fields.procedure'),
      value: letter.procedure,
      options: planned(bench, possible),
    },
  ];
}

/** Every procedure with the deadline it would give now. */
function planned(bench: Bench, possible: readonly (typeof procedures)[number][]) {
  const { letter, say, at, calendar } = bench;
  return possible.map((procedure) => {
    const { answer } = planAnswer({ ...letter, procedure }, at, calendar);
    return {
      value: procedure,
      label: say(`procedures.${procedure}`),
      hint: say('hints.answer-until', { until: exact(answer.deadline.dueAt, bench) }),
    };
  });
}

/** The departments a letter can go to, the likely ones first, each with its confidence. */
async function assignFields(bench: Bench): Promise<Field[]> {
  const { letter, say, departments, language, at, calendar } = bench;
  const suggested = await suggestDepartments({ title: letter.title, text: letter.body });
  const byId = new Map(departments.map((department) => [department.id, department]));
  const likely = suggested.flatMap(({ departmentId, confidence }) => {
    const department = byId.get(departmentId);
    return department
      ? [{ id: departmentId, label: departmentName(department, language), percent: Math.round(confidence * 100) }]
      : [];
  });
  const wished = letter.wishedDepartmentId ? byId.get(letter.wishedDepartmentId) : undefined;
  const hints = [
    ...likely.map(({ label, percent }) => say('hints.suggested', { department: label, percent })),
    ...(wished ? [say('hints.wished', { department: departmentName(wished, language) })] : []),
  ];
  const plan = planAnswer(letter, at, calendar);
  const workers = departments.filter(({ parentId }) => parentId !== null);
  return [
    {
      name: 'departmentId',
      type: 'select',
      label: say('fields.lead'),
      value: likely[0]?.id ?? wished?.id ?? '',
      options: [{ value: '', label: say('fields.choose') }, ...departmentOptions(workers, language)],
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
      options: departmentOptions(
        workers.filter(({ depth }) => depth === 1),
        language,
      ),
    },
    { ...remarkField(bench), label: say('fields.to-department') },
  ];
}

/** What the secretariat's desk does 信件管理员. */
export const clerkActs: Acts = {
  accept: { verb: 'accept', run: acceptLetter, fields: classFields },
  decline: {
    verb: 'decline',
    run: (actor, input) => {
      const typed = input as { reason?: string; usual?: string };
      return declineLetter(actor, { ...typed, reason: typed.reason?.trim() ? typed.reason : typed.usual });
    },
    fields: (bench) => [
      {
        name: 'usual',
        type: 'select',
        label: bench.say('fields.usual-reason'),
        options: [
          { value: '', label: bench.say('fields.own-words') },
          ...options(declineReasons.value(), (reason) => reason),
        ],
      },
      { ...reasonField(bench), hint: bench.say('hints.writer-reads') },
    ],
  },
  assign: { verb: 'assign', run: assignLetter, fields: assignFields },
  classify: { verb: 'classify', run: classifyLetter, fields: classFields },
  release: { verb: 'release', run: releaseReply },
  'send-back': {
    verb: 'send-back',
    run: sendBack,
    when: ({ letter, parties }) => parties.has(letter.state === 'drafted' ? 'head' : 'clerk'),
    fields: (bench) => [reasonField(bench)],
  },
  'decide-extension': {
    verb: 'grant-extension',
    run: decideExtension,
    when: ({ letter }) => letter.extension?.state === 'asked',
    fields: (bench) => [
      {
        name: 'note',
        type: 'note',
        label: bench.say('hints.extension-asked', {
          amount: bench.letter.extension?.amount ?? 0,
          reason: bench.letter.extension?.reason ?? '',
        }),
      },
      decisionField(bench),
      { ...remarkField(bench), hint: bench.say('hints.remark-when-refused') },
    ],
  },
  'decide-rehandling': {
    verb: 'grant-rehandling',
    run: decideRehandling,
    when: ({ letter }) => letter.rehandling?.state === 'asked',
    fields: (bench) => [
      {
        name: 'note',
        type: 'note',
        label: bench.say('hints.rehandling-asked', { reason: bench.letter.rehandling?.reason ?? '' }),
      },
      decisionField(bench),
      {
        name: 'departmentId',
        type: 'select',
        label: bench.say('fields.other-department'),
        optional: true,
        options: [
          { value: '', label: bench.say('fields.same-department') },
          ...departmentOptions(
            bench.departments.filter(({ parentId }) => parentId !== null),
            bench.language,
          ),
        ],
      },
      { ...remarkField(bench), hint: bench.say('hints.remark-when-refused') },
    ],
  },
  hide: {
    verb: 'hide',
    run: hideLetter,
    when: ({ letter }) => letter.visibility !== 'private',
    fields: (bench) => [reasonField(bench)],
  },
  close: {
    verb: 'close',
    run: closeLetter,
    when: ({ letter }) => letter.rehandling?.state !== 'asked',
    fields: (bench) => [remarkField(bench)],
  },
  link: {
    verb: 'link',
    run: linkDuplicate,
    fields: (bench) => [
      {
        name: 'original',
        type: 'line',
        label: bench.say('fields.original'),
        hint: bench.say('hints.original'),
        value: typeof bench.asked['original'] === 'string' ? bench.asked['original'] : '',
      },
      remarkField(bench),
    ],
  },
};
