import type { Actor } from '../../kernel/actor.ts';
import { mayCityWide } from '../../kernel/may.ts';
import type { Box } from '../letter.ts';

/** Which settings stand together on the administrator's page. */
export const settingGroups = {
  limits: [
    'accept-days',
    'assign-days',
    'assign-hours-utility',
    'assign-hours-emergency',
    'return-days',
    'answer-days-consultation',
    'answer-days-other',
    'answer-days-complex',
    'extension-days-max',
    'assisting-share',
    'supplement-days',
    'petition-answer-days',
    'petition-extension-days',
    'office-opens-at',
    'office-closes-at',
  ],
  supervision: ['reminder-days-left', 'yellow-card-days-left', 'rating-reminder-days', 'close-after-days'],
  words: ['subject-classes', 'decline-reasons', 'name-required', 'attachments-max', 'body-length-max'],
  release: ['release-by-clerk', 'release-free-departments'],
} as const;

/** The rules of each box 信箱规则: limits, owner, visibility. */
export const boxSettings = {
  unified: ['answer-days-consultation', 'answer-days-other'],
  leader: ['answer-days-leader', 'owner-leader', 'leader-may-be-public'],
  efficiency: ['answer-days-efficiency', 'owner-efficiency', 'efficiency-may-be-public'],
} as const satisfies Record<Box, readonly string[]>;

export const administersMailbox = (actor: Actor): boolean => mayCityWide(actor, 'administrator');
