import { z } from 'zod';
import { apiRegistry } from '../web/openapi.ts';
import { interviewStates } from './interview.ts';
import { turnKinds } from './turnModel.ts';

const moment = z.iso.datetime();
const guest = z.object({ id: z.string(), name: z.string(), title: z.string() });
const asker = z.object({ name: z.string().nullable(), tag: z.string(), verified: z.boolean() });

/** An interview as programs read it. */
export const interviewShape = z.object({
  id: z.string(),
  url: z.string(),
  topic: z.string(),
  summary: z.string(),
  departmentId: z.string(),
  department: z.string(),
  guests: z.array(guest),
  state: z.enum(interviewStates),
  startsAt: moment,
  plannedMinutes: z.number(),
  startedAt: moment.nullable(),
  closedAt: moment.nullable(),
  archivedAt: moment.nullable(),
});

export const figuresShape = z.object({
  participants: z.number(),
  peakOnline: z.number(),
  asked: z.number(),
  published: z.number(),
  answered: z.number(),
  supports: z.number(),
  rating: z.object({ count: z.number(), mean: z.number().nullable() }),
});

export const questionShape = z.object({
  id: z.string(),
  text: z.string(),
  edited: z.boolean(),
  asker,
  publishedAt: moment,
  supports: z.number(),
  /** How many other questions that ask the same were merged into it. */
  alike: z.number(),
  answers: z.array(
    z.object({
      id: z.string(),
      guestName: z.string(),
      guestTitle: z.string(),
      /** Guests who signed the answer as well. */
      cosigners: z.array(z.object({ name: z.string(), title: z.string() })),
      text: z.string(),
      publishedAt: moment,
      corrected: z.boolean(),
    }),
  ),
});

export const turnShape = z.object({
  id: z.string(),
  /** Null for a picture, which nobody says. */
  speaker: z.object({ name: z.string(), title: z.string(), isHost: z.boolean() }).nullable(),
  text: z.string(),
  at: moment,
  kind: z.enum(turnKinds),
  /** A picture of the record; `text` says what it shows. */
  picture: z.object({ url: z.string(), width: z.number(), height: z.number() }).nullable(),
  corrected: z.boolean(),
});

export const listShape = z.object({
  interviews: z.array(interviewShape),
  total: z.number(),
  next: z.string().nullable(),
});
export const oneShape = z.object({
  interview: interviewShape.extend({ background: z.string() }),
  figures: figuresShape,
});
const paged = { total: z.number(), next: z.string().nullable() };
export const questionsShape = z.object({ questions: z.array(questionShape), ...paged });
const check = z.object({ guest, state: z.enum(['confirmed', 'changed', 'open']), at: moment.nullable() });
export const recordShape = z.object({ turns: z.array(turnShape), checks: z.array(check), ...paged });

const parameter = (name: string, description: string, schema: object = { type: 'string' }) => ({
  name,
  in: 'query' as const,
  description,
  schema,
});
const path = [{ name: 'id', in: 'path' as const, required: true, schema: { type: 'string' as const } }];
const gives = (schema: z.ZodType, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
});
const missing = { 404: { description: 'No such interview, or it is not public' } };

apiRegistry.registerPath({
  method: 'get',
  path: '/interviews',
  summary: 'Public interviews, the latest first',
  parameters: [
    parameter('when', 'all, now, coming or past', { type: 'string', enum: ['all', 'now', 'coming', 'past'] }),
    parameter('department', 'Identifier of a department; those below it are included'),
    parameter('year', 'Year of the start in the city’s time', { type: 'integer' }),
    parameter('q', 'Words of topic, summary, guests or department; all must be there'),
    parameter('page', 'Page of 50, from 1', { type: 'integer', minimum: 1 }),
  ],
  responses: gives(listShape, 'A page of interviews; `next` is the address of the following page'),
});
apiRegistry.registerPath({
  method: 'get',
  path: '/interviews/{id}',
  summary: 'One interview with its figures',
  parameters: path,
  responses: { ...gives(oneShape, 'The interview'), ...missing },
});
apiRegistry.registerPath({
  method: 'get',
  path: '/interviews/{id}/questions',
  summary: 'Its published questions with their answers',
  parameters: [...path, parameter('page', 'Page of 100, from 1', { type: 'integer', minimum: 1 })],
  responses: {
    ...gives(questionsShape, 'Questions, the most supported first; answered ones before open ones'),
    ...missing,
  },
});
apiRegistry.registerPath({
  method: 'get',
  path: '/interviews/{id}/record',
  summary: 'Its verbatim record',
  parameters: [...path, parameter('page', 'Page of 200, from 1', { type: 'integer', minimum: 1 })],
  responses: {
    ...gives(
      recordShape,
      'Turns in their order: prepared, taken down live, or added later; pictures; corrections are marked. `checks` says which guests have confirmed the record',
    ),
    ...missing,
  },
});
