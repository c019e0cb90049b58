import { audit } from './audit/index.ts';
import { calendar } from './calendar/index.ts';
import { config } from './config.ts';
import { demo } from './demo/index.ts';
import { drafts } from './drafts/index.ts';
import type { Feature } from './feature.ts';
import { identity } from './identity/index.ts';
import { interview } from './interview/index.ts';
import { mailbox } from './mailbox/index.ts';
import { moderation } from './moderation/index.ts';
import { notification } from './notification/index.ts';
import { organization } from './organization/index.ts';
import { portal } from './portal/index.ts';
import { statistics } from './statistics/index.ts';
import { transfer } from './transfer/index.ts';

/** Every feature of the city, in the order in which they start. */
export const features: readonly Feature[] = [
  ...(config.mode === 'demo' ? [demo] : []),
  audit,
  transfer,
  calendar,
  organization,
  identity,
  notification,
  moderation,
  drafts,
  interview,
  mailbox,
  statistics,
  portal,
];
