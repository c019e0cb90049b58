import type { RunningApp } from './app.ts';
import { Visitor } from './visitor.ts';

/** What came back: the page's text beside status and headers. */
export interface Answer {
  status: number;
  headers: Headers;
  location: string | null;
  text: string;
}

async function answerOf(response: Response): Promise<Answer> {
  const { status, headers } = response;
  return { status, headers, location: headers.get('location'), text: await response.text() };
}

/** A visitor who opens pages and sends forms one after another. */
export class Caller extends Visitor {
  constructor(app: RunningApp) {
    super(app.base);
  }

  /** Opens a page; does not follow redirects. */
  async get(path: string): Promise<Answer> {
    const { status, html, response } = await this.open(path);
    return { status, headers: response.headers, location: response.headers.get('location'), text: html };
  }

  /** Sends a form with the token of the last page. */
  async post(path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Answer> {
    if (!this.token) await this.open('/sign-in');
    return answerOf(await this.send(path, fields, { headers }));
  }
}

/** Signs an official in with name and password; gives their browser. */
export async function signIn(app: RunningApp, account: { userName: string; password: string }): Promise<Caller> {
  const caller = new Caller(app);
  await caller.get('/office/sign-in');
  const answer = await caller.post('/office/sign-in', { userName: account.userName, password: account.password });
  if (answer.status !== 303) throw new Error(`Sign-in failed: ${answer.status}`);
  await caller.get('/office');
  return caller;
}
