import type { Actor } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import { doerOf } from './doer.ts';
import type { Facts, Letter } from './record.ts';

type Given = Pick<
  Letter,
  | '_id'
  | 'number'
  | 'kind'
  | 'box'
  | 'channel'
  | 'title'
  | 'body'
  | 'attachments'
  | 'mayPublish'
  | 'writerId'
  | 'language'
  | 'codeHash'
  | 'formKeyHash'
  | 'ownerPath'
  | 'wishedDepartmentId'
  | 'clocks'
  | 'dueAt'
  | 'submittedAt'
  | 'outbox'
>;

const noFacts = (receivedAt: Date): Facts => ({
  valid: true,
  receivedAt,
  acceptedAt: null,
  answerDueAt: null,
  repliedAt: null,
  onTime: null,
  handlingDays: null,
  departmentId: null,
  departmentName: '',
  extended: false,
  returns: 0,
  satisfaction: null,
  solved: null,
  ratedAt: null,
  rehandled: false,
  stages: [],
});

/** A letter as it is when it comes in. */
export function newLetter(actor: Actor, given: Given): Letter {
  const { submittedAt, outbox } = given;
  const first = { id: newId(), verb: 'submit-letter', at: submittedAt, by: doerOf(actor) } as const;
  return {
    urgency: 'normal',
    procedure: 'ordinary',
    subject: '',
    state: 'submitted',
    open: true,
    visibility: 'private',
    lead: null,
    passedFrom: [],
    handler: null,
    signedAt: null,
    assisting: [],
    round: 1,
    pastClocks: [],
    draft: null,
    signature: null,
    remarks: [],
    replies: [],
    inquiries: [],
    extension: null,
    cards: [],
    orders: [],
    urges: [],
    timed: [],
    marks: [],
    rating: null,
    pastRatings: [],
    rehandling: null,
    resurveys: [],
    publicVersion: null,
    publishedAt: null,
    duplicateOf: null,
    topicId: null,
    declineReason: '',
    repliedAt: null,
    closedAt: null,
    ratingReminderAt: null,
    closeAt: null,
    facts: noFacts(submittedAt),
    trail: [{ ...first, from: 'submitted', to: 'submitted' }],
    outboxAt: outbox.length ? new Date(Math.min(...outbox.map((notice) => notice.at.getTime()))) : null,
    version: 1,
    changedAt: new Date(),
    ...given,
  };
}
