import { decideAppeal } from '../actions/decideAppeal.ts';
import { issueCard } from '../actions/issueCard.ts';
import { mergeHotTopic } from '../actions/mergeHotTopic.ts';
import { orderSupervision } from '../actions/orderSupervision.ts';
import { recordResurvey } from '../actions/recordResurvey.ts';
import { urgeLetter } from '../actions/urgeLetter.ts';
import { withdrawCard } from '../actions/withdrawCard.ts';
import { cardColours, satisfactions } from '../letter.ts';
import { decisionField, reasonField, remarkField, type Acts, type Bench } from './act.ts';
import { cardField } from './departmentActs.ts';
import { options, satisfactionWord } from './words.ts';

const appealed = ({ letter }: Bench) =>
  letter.cards.filter(({ appeal, withdrawn }) => appeal && !appeal.answer && !withdrawn);
const standing = ({ letter }: Bench) => letter.cards.filter(({ withdrawn }) => !withdrawn);
/** A signed reply waits for the clerk: there is nothing to press the department for. */
const waitsForDepartment = ({ letter }: Bench) => letter.lead !== null && letter.state !== 'signed-off';

/** What supervisors and the secretariat do 督办. */
export const supervisionActs: Acts = {
  urge: {
    verb: 'urge',
    run: urgeLetter,
    when: waitsForDepartment,
    fields: (bench) => [{ ...remarkField(bench), label: bench.say('fields.to-department') }],
  },
  order: {
    verb: 'order-supervision',
    run: orderSupervision,
    when: waitsForDepartment,
    fields: (bench) => [reasonField(bench)],
  },
  card: {
    verb: 'card',
    run: issueCard,
    when: waitsForDepartment,
    fields: (bench) => [
      {
        name: 'colour',
        type: 'radio',
        label: bench.say('fields.colour'),
        options: options(cardColours, (colour) => bench.say(`cards.${colour}`)),
      },
      reasonField(bench),
    ],
  },
  'decide-appeal': {
    verb: 'decide-appeal',
    run: decideAppeal,
    when: (bench) => appealed(bench).length > 0,
    fields: (bench) => [
      {
        name: 'note',
        type: 'note',
        label: bench.say('hints.appealed', { reason: appealed(bench)[0]?.appeal?.text ?? '' }),
      },
      cardField(bench, appealed(bench)),
      decisionField(bench),
      reasonField(bench),
    ],
  },
  'withdraw-card': {
    verb: 'withdraw-card',
    run: withdrawCard,
    when: (bench) => standing(bench).length > 0,
    fields: (bench) => [cardField(bench, standing(bench)), reasonField(bench)],
  },
  topic: {
    verb: 'merge-topic',
    run: (actor, input) => {
      const typed = input as { letterId: string };
      return mergeHotTopic(actor, { ...typed, letterIds: typed.letterId });
    },
    fields: ({ say, asked }) => {
      const topics = (asked['topics'] ?? []) as { value: string; label: string }[];
      return [
        {
          name: 'topicId',
          type: 'select',
          label: say('fields.topic'),
          optional: true,
          options: [{ value: '', label: say('fields.new-topic') }, ...topics],
        },
        {
          name: 'title',
          type: 'line',
          label: say('fields.topic-title'),
          hint: say('hints.topic-title'),
          max: 60,
          optional: true,
        },
      ];
    },
  },
  resurvey: {
    verb: 'resurvey',
    run: recordResurvey,
    when: ({ samples }) => samples.length > 0,
    fields: (bench) => [
      {
        name: 'sample',
        type: bench.samples.length > 1 ? 'select' : 'hidden',
        label: bench.say('fields.sample'),
        value: bench.samples.find((name) => name === bench.asked['sample']) ?? bench.samples.at(-1) ?? '',
        options: options(bench.samples, (name) => name),
      },
      {
        name: 'reached',
        type: 'radio',
        label: bench.say('fields.reached'),
        options: ['yes', 'no'].map((value) => ({ value, label: bench.say(`answers.${value}`) })),
      },
      {
        name: 'satisfaction',
        type: 'radio',
        label: bench.say('fields.satisfaction'),
        optional: true,
        options: options(satisfactions, (value) => satisfactionWord(value, bench.language)),
      },
      {
        name: 'solved',
        type: 'radio',
        label: bench.say('fields.solved'),
        optional: true,
        options: ['yes', 'no'].map((value) => ({ value, label: bench.say(`answers.${value}`) })),
      },
      remarkField(bench),
    ],
  },
};
