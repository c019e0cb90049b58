import { nameInLanguage } from '../../organization/index.ts';
import { answerOrder } from '../actions/answerOrder.ts';
import { appealCard } from '../actions/appealCard.ts';
import { askWriter } from '../actions/askWriter.ts';
import { giveAssistingOpinion } from '../actions/giveAssistingOpinion.ts';
import { passDown } from '../actions/passDown.ts';
import { passUp } from '../actions/passUp.ts';
import { requestExtension } from '../actions/requestExtension.ts';
import { returnLetter } from '../actions/returnLetter.ts';
import { signForLetter } from '../actions/signForLetter.ts';
import { signOff } from '../actions/signOff.ts';
import { running, waitsForWriter } from '../clocks.ts';
import { extensionMax } from '../rules.ts';
import { replyLengthMax } from '../settings.ts';
import { reasonField, remarkField, type Acts, type Bench } from './act.ts';
import { replyFields, saveOrSubmit } from './replyDesk.ts';
import { mayIn } from '../../kernel/may.ts';
import { staffIn } from '../../identity/index.ts';
import { appointHandler } from '../actions/appointHandler.ts';
import { takeOverLetter } from '../actions/takeOverLetter.ts';
import { recipientOptions } from './staffed.ts';
import { mayAskExtension } from '../letter.ts';
import { cardsToAppeal, ordersToAnswer } from '../policy.ts';

const windowOpen = ({ letter, at }: Bench): boolean => {
  const until = running(letter.clocks, 'return')?.deadline.dueAt;
  return letter.passedFrom.length === 0 && until !== undefined && until !== null && until >= at;
};
const below = ({ departments, letter }: Bench) =>
  departments.filter(
    ({ id, path }) => letter.lead && id !== letter.lead.departmentId && path.includes(letter.lead.departmentId),
  );
const openOrders = ({ letter, actor }: Bench) => ordersToAnswer(actor, letter.orders);
const open = ({ letter, actor }: Bench) => cardsToAppeal(actor, letter.cards);

/** What departments do 承办单位: handlers, heads, assisting departments. */
export const departmentActs: Acts = {
  sign: { verb: 'sign', run: signForLetter, when: ({ letter }) => letter.handler === null },
  'take-over': {
    verb: 'take-over',
    run: takeOverLetter,
    when: ({ letter, actor }) => letter.handler !== null && letter.handler.id !== actor.id,
    fields: ({ letter, say }) => [
      { name: 'note', type: 'note', label: say('hints.take-over', { name: letter.handler?.name ?? '' }) },
      { name: 'handlerId', type: 'hidden', value: letter.handler?.id ?? '' },
    ],
  },
  appoint: {
    verb: 'appoint',
    run: appointHandler,
    fields: async (bench) => [
      {
        name: 'handlerId',
        type: 'select',
        label: bench.say('fields.handler'),
        options: [
          { value: '', label: bench.say('fields.choose') },
          ...(await staffIn(bench.letter.lead?.path ?? [], ['handler', 'head']))
            .filter(({ id }) => id !== bench.letter.handler?.id)
            .map(({ id, name }) => ({ value: id, label: name })),
        ],
      },
      remarkField(bench),
    ],
  },
  reply: { verb: 'draft', run: saveOrSubmit, then: ['save', 'submit'], fields: replyFields },
  return: {
    verb: 'return',
    run: returnLetter,
    when: windowOpen,
    fields: (bench) => [{ ...reasonField(bench), hint: bench.say('hints.return') }],
  },
  ask: {
    verb: 'ask',
    run: askWriter,
    when: ({ letter }) => !waitsForWriter(letter.clocks),
    fields: ({ say }) => [
      {
        name: 'text',
        type: 'lines',
        label: say('fields.question'),
        hint: say('hints.ask'),
        rows: 3,
        max: 1000,
      },
    ],
  },
  opinion: {
    verb: 'opinion',
    run: giveAssistingOpinion,
    fields: ({ say, letter, actor }) => {
      const own = letter.assisting.filter(({ path }) => mayIn(actor, path, 'handler', 'head'));
      return [
        {
          name: 'departmentId',
          type: own.length > 1 ? 'select' : 'hidden',
          label: say('fields.department'),
          value: own[0]?.departmentId ?? '',
          options: own.map(({ departmentId, name }) => ({ value: departmentId, label: name })),
        },
        {
          name: 'text',
          type: 'lines',
          label: say('fields.opinion'),
          value: own[0]?.opinion?.text ?? '',
          rows: 6,
          max: replyLengthMax.value(),
        },
      ];
    },
  },
  'sign-off': {
    verb: 'sign-off',
    run: signOff,
    fields: (bench) => [
      {
        name: 'text',
        type: 'lines',
        label: bench.say('fields.reply'),
        hint: bench.say('hints.sign-off'),
        value: bench.letter.draft?.text ?? '',
        rows: 12,
        max: replyLengthMax.value(),
      },
      remarkField(bench),
    ],
  },
  'ask-extension': {
    verb: 'ask-extension',
    run: requestExtension,
    when: ({ letter, at }) => {
      const dueAt = running(letter.clocks, 'answer')?.deadline.dueAt;
      return mayAskExtension(letter) && !(dueAt && dueAt < at);
    },
    fields: (bench) => [
      {
        name: 'amount',
        type: 'number',
        label: bench.say('fields.extension-days'),
        hint: bench.say('hints.extension', { maximum: extensionMax(bench.letter.procedure) }),
      },
      { ...reasonField(bench), hint: bench.say('hints.writer-reads') },
    ],
  },
  'pass-down': {
    verb: 'pass-down',
    run: passDown,
    when: (bench) => below(bench).length > 0,
    fields: async (bench) => [
      {
        name: 'departmentId',
        type: 'select',
        label: bench.say('fields.department'),
        options: [
          { value: '', label: bench.say('fields.choose') },
          ...(await recipientOptions(below(bench), bench.language, bench.say)),
        ],
      },
      {
        name: 'days',
        type: 'number',
        label: bench.say('fields.level-days'),
        hint: bench.say('hints.level-days'),
        value: '3',
      },
      remarkField(bench),
    ],
  },
  'pass-up': {
    verb: 'pass-up',
    run: passUp,
    when: ({ letter }) => letter.passedFrom.length > 0 || (letter.lead?.path.length ?? 0) > 2,
    fields: (bench) => [reasonField(bench)],
  },
  'answer-order': {
    verb: 'answer-order',
    run: answerOrder,
    when: (bench) => openOrders(bench).length > 0,
    fields: (bench) => [
      {
        name: 'orderId',
        type: 'select',
        label: bench.say('fields.order'),
        value: openOrders(bench)[0]?.id ?? '',
        options: openOrders(bench).map(({ id, reason }) => ({ value: id, label: orderCause(reason, bench) })),
      },
      { name: 'text', type: 'lines', label: bench.say('fields.order-answer'), rows: 4, max: 2000 },
    ],
  },
  'appeal-card': {
    verb: 'appeal-card',
    run: appealCard,
    when: (bench) => open(bench).length > 0,
    fields: (bench) => [cardField(bench, open(bench)), reasonField(bench)],
  },
};

/** A card to choose, in words. */
export const cardField = ({ say, language }: Bench, cards: Bench['letter']['cards']) => ({
  name: 'cardId',
  type: 'select' as const,
  label: say('fields.card'),
  value: cards[0]?.id ?? '',
  options: cards.map(({ id, colour, departmentName }) => ({
    value: id,
    label: `${say(`cards.${colour}`)} ${nameInLanguage(departmentName, language)}`,
  })),
});

const causes = ['overdue', 'dissatisfied-again', 'dissatisfied-at-resurvey'];
/** Why there is a supervision order: in somebody's words, or by a rule. */
export const orderCause = (reason: string, { say }: Pick<Bench, 'say'>): string =>
  causes.includes(reason) ? say(`causes.${reason}`) : reason;
