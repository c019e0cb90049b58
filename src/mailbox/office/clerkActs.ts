import { acceptLetter } from '../actions/acceptLetter.ts';
import { assignLetter } from '../actions/assignLetter.ts';
import { reassignLetter } from '../actions/reassignLetter.ts';
import { recallLetter } from '../actions/recallLetter.ts';
import { classifyLetter } from '../actions/classifyLetter.ts';
import { closeLetter } from '../actions/closeLetter.ts';
import { decideExtension } from '../actions/decideExtension.ts';
import { decideRehandling } from '../actions/decideRehandling.ts';
import { declineLetter } from '../actions/declineLetter.ts';
import { hideLetter } from '../actions/hideLetter.ts';
import { linkDuplicate } from '../actions/linkDuplicate.ts';
import { releaseReply } from '../actions/releaseReply.ts';
import { sendBack } from '../actions/sendBack.ts';
import { declineReasons } from '../settings.ts';
import { decisionField, reasonField, remarkField, type Acts } from './act.ts';
import { assignFields } from './assignFields.ts';
import { recipientOptions } from './staffed.ts';
import { classFields } from './classFields.ts';
import { options } from './words.ts';

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
  reassign: {
    verb: 'reassign',
    run: reassignLetter,
    fields: async (bench) => [reasonField(bench), ...(await assignFields(bench))],
  },
  recall: { verb: 'recall', run: recallLetter, fields: (bench) => [reasonField(bench)] },
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
    fields: async (bench) => [
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
          ...(await recipientOptions(
            bench.departments.filter(({ parentId }) => parentId !== null),
            bench.language,
            bench.say,
          )),
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
