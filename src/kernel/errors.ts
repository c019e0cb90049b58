/** A message key of `locales/` with the values its sentence needs. */
export interface Message {
  key: string;
  params?: Record<string, string | number>;
}

/**
 * Something the person asked for that cannot be done, with a sentence for them.
 * Thrown where the rule is; turned into a response only by the HTTP, socket and job doors.
 * Anything else that is thrown is a defect.
 */
export class Refusal extends Error {
  readonly status: 401 | 403 | 404 | 409 | 422 | 429;
  /** Stable word for programs, e.g. `conflict`. */
  readonly code: string;
  /** Sentence for people, a key of `locales/`. */
  readonly told: Message;
  /** Sentence per field, for 422. */
  readonly fields: Readonly<Record<string, Message>>;
  /** Seconds to wait, for 429. */
  readonly retryAfter: number | undefined;

  constructor(
    status: Refusal['status'],
    code: string,
    told: Message,
    more: { fields?: Record<string, Message>; retryAfter?: number } = {},
  ) {
    super(`${code}: ${told.key}`);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.told = told;
    this.fields = more.fields ?? {};
    this.retryAfter = more.retryAfter;
  }
}

type Params = Message['params'];
const message = (key: string, params?: Params): Message => (params ? { key, params } : { key });

/** 401: sign in first. */
export const unauthenticated = (key = 'errors.unauthenticated', params?: Params) =>
  new Refusal(401, 'unauthenticated', message(key, params));
/** 403: known, but not allowed. What somebody may not even know of is notFound(). */
export const forbidden = (key = 'errors.forbidden', params?: Params) =>
  new Refusal(403, 'forbidden', message(key, params));
/** 403: the form's token does not fit, or no more. */
export const formExpired = () => new Refusal(403, 'form-expired', message('errors.form-expired'));
/** 404: not there, or not for this person. */
export const notFound = (key = 'errors.not-found', params?: Params) =>
  new Refusal(404, 'not-found', message(key, params));
/** 409: the state does not allow it (any more). */
export const conflict = (key = 'errors.conflict', params?: Params) =>
  new Refusal(409, 'conflict', message(key, params));
/** 422: what was typed cannot be taken; `fields` names what and why. */
export const invalid = (fields: Record<string, Message>, key = 'errors.invalid', params?: Params) =>
  new Refusal(422, 'invalid', message(key, params), { fields });
/** 429: too often; `retryAfter` in seconds. */
export const tooMany = (retryAfter: number, key = 'errors.too-many', params?: Params) =>
  new Refusal(429, 'too-many', message(key, { seconds: retryAfter, ...params }), { retryAfter });
