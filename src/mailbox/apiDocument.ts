import { z } from 'zod';
import { apiRegistry } from '../web/openapi.ts';
import { letterKinds, letterStates, boxes, satisfactions } from './letter.ts';
import { writerActs } from './trackNow.ts';

const moment = z.iso.datetime();
const publicSchema = z.object({
  number: z.string(),
  kind: z.enum(letterKinds),
  box: z.enum(boxes),
  subject: z.string(),
  state: z.enum(letterStates),
  department: z.string(),
  departmentId: z.string().nullable(),
  title: z.string(),
  body: z.string(),
  reply: z.string(),
  submittedAt: moment,
  repliedAt: moment.nullable(),
  publishedAt: moment,
  satisfaction: z.enum(satisfactions).nullable(),
  solved: z.boolean().nullable(),
  topicId: z.string().nullable(),
});
const topicSchema = z.object({
  id: z.string(),
  title: z.string(),
  letters: z.number(),
  answered: z.number(),
  departments: z.array(z.string()),
});
const filters = z.object({
  department: z.string().optional(),
  kind: z.enum(letterKinds).optional(),
  subject: z.string().optional(),
  topic: z.string().optional(),
  search: z.string().optional(),
  before: z.string().optional(),
});
const writtenSchema = z.object({
  kind: z.enum(letterKinds),
  box: z.enum(boxes).optional(),
  title: z.string(),
  body: z.string(),
  wishedDepartmentId: z.string().optional(),
  name: z.string(),
  phone: z.string().optional(),
  email: z.string().optional(),
  address: z.string().optional(),
  mayPublish: z.boolean().optional(),
  formKey: z.string().min(16).max(64).optional(),
  extent: z.enum(['all', 'needed', 'none']).optional(),
  way: z.enum(['mail', 'sms', 'both']).optional(),
  altcha: z.string(),
});
const explainedSchema = z.object({
  stage: z.enum(['accept', 'assign', 'answer', 'supplement']),
  ruleKey: z.string(),
  unit: z.enum(['working-days', 'calendar-days', 'hours']),
  length: z.number(),
  startedAt: moment,
  dueAt: moment.nullable(),
  provisional: z.boolean(),
  /** Free days were announced after it had been set: where it was, and why it was moved. */
  moved: z.object({ from: moment, at: moment, reason: z.string() }).nullable(),
  pauses: z.array(z.object({ from: moment, to: moment.nullable() })),
  extensions: z.array(z.object({ at: moment, amount: z.number() })),
  days: z.array(
    z.object({
      day: z.iso.date(),
      reason: z.enum(['start', 'weekday', 'make-up', 'weekend', 'holiday', 'calendar-day', 'paused', 'moved']),
      name: z.string().optional(),
      counted: z.boolean(),
      number: z.number(),
      certain: z.boolean(),
      due: z.boolean(),
    }),
  ),
});
const trackedSchema = z.object({
  number: z.string(),
  kind: z.enum(letterKinds),
  title: z.string(),
  state: z.enum(letterStates),
  department: z.string().nullable(),
  submittedAt: moment,
  dueAt: moment.nullable(),
  provisional: z.boolean(),
  acts: z.array(z.enum(writerActs)),
  steps: z.array(z.object({ verb: z.string(), at: moment, state: z.enum(letterStates) })),
  inquiry: z.string().nullable(),
  replies: z.array(z.object({ text: z.string(), department: z.string(), at: moment })),
  rating: z.object({ satisfaction: z.enum(satisfactions), solved: z.boolean() }).nullable(),
  clocks: z.array(explainedSchema),
});
const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), fields: z.record(z.string(), z.string()) }),
});

const answer = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});
const given = (schema: z.ZodType) => ({ body: { content: { 'application/json': { schema } } } });
const refused = (description: string) => answer(errorSchema, description);

/** Writes the mailbox's part of the API down. */
export function describeLetters(): void {
  const tags = ['letters'];
  apiRegistry.registerPath({
    method: 'get',
    path: '/letters',
    tags,
    summary: 'Public letters, newest first, or the best matches of a search',
    request: { query: filters },
    responses: {
      200: answer(
        z.object({ letters: z.array(publicSchema), next: z.string().nullable(), complete: z.boolean() }),
        '`next` goes into `before` for the next page',
      ),
    },
  });
  apiRegistry.registerPath({
    method: 'get',
    path: '/letters/{number}',
    tags,
    summary: 'One public letter in its redacted version',
    request: { params: z.object({ number: z.string() }) },
    responses: { 200: answer(z.object({ letter: publicSchema }), 'The letter'), 404: refused('Not public') },
  });
  apiRegistry.registerPath({
    method: 'get',
    path: '/letters/topics',
    tags,
    summary: 'Hot topics that public letters belong to, the largest first; `id` goes into `topic` of the list',
    responses: { 200: answer(z.object({ topics: z.array(topicSchema) }), 'Counted once a minute') },
  });
  apiRegistry.registerPath({
    method: 'get',
    path: '/letters/similar',
    tags,
    summary: 'Public answers most similar to a text',
    request: { query: z.object({ text: z.string() }) },
    responses: { 200: answer(z.object({ letters: z.array(publicSchema) }), 'At most five') },
  });
  apiRegistry.registerPath({
    method: 'get',
    path: '/letters/challenge',
    tags,
    summary: 'A proof of work (ALTCHA version 2) that writing asks for',
    responses: { 200: answer(z.looseObject({}), 'The challenge') },
  });
  apiRegistry.registerPath({
    method: 'post',
    path: '/letters',
    tags,
    summary: 'Write a letter; `altcha` is the solved challenge as base64 JSON',
    request: given(writtenSchema),
    responses: {
      201: answer(z.object({ number: z.string(), code: z.string() }), 'Both are needed to follow the letter'),
      403: refused('No proof of work'),
      422: refused('Something is missing'),
      429: refused('Too many letters'),
    },
  });
  apiRegistry.registerPath({
    method: 'post',
    path: '/letters/track',
    tags,
    summary: 'Follow a letter with number and query code',
    request: given(z.object({ number: z.string(), code: z.string() })),
    responses: {
      200: answer(z.object({ letter: trackedSchema }), 'State, steps, replies, deadlines explained day by day'),
      404: refused('Number and code do not fit together; the answer does not tell which'),
      429: refused('Too many tries'),
    },
  });
  describeActs(tags);
}

/** What writers do with a letter that is there: number and query code as in `/letters/track`. */
function describeActs(tags: string[]): void {
  const acts = [
    {
      path: '/letters/{number}/rating',
      summary: 'Rate the reply, once a reply; dissatisfied needs a `reason`',
      body: z.object({
        code: z.string(),
        satisfaction: z.enum(satisfactions),
        solved: z.boolean(),
        reason: z.string().optional(),
      }),
    },
    {
      path: '/letters/{number}/withdrawal',
      summary: 'Take the letter back, as long as no answer is signed; it stays on record',
      body: z.object({ code: z.string(), reason: z.string().optional() }),
    },
  ];
  for (const { path, summary, body } of acts) {
    apiRegistry.registerPath({
      method: 'post',
      path,
      tags,
      summary,
      request: { params: z.object({ number: z.string() }), ...given(body) },
      responses: {
        200: answer(z.object({ letter: trackedSchema }), 'The letter as it is now; `acts` says what can be done next'),
        404: refused('Number and code do not fit together; the answer does not tell which'),
        409: refused('Not in this state, or rated already'),
        422: refused('Something is missing'),
        429: refused('Too many tries'),
      },
    });
  }
}
