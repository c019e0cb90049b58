import nodemailer from 'nodemailer';
import { z } from 'zod';
import { shelveLetter } from './mailShelf.ts';

/** One letter as it leaves the house; rendered, with its own unchanging number. */
export interface Letter {
  /** Stays the same through every try, so that a letter which arrives twice can be told to be one. */
  messageId: string;
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Further headers, e.g. List-Unsubscribe. */
  headers?: Readonly<Record<string, string>>;
}

/** Brings letters away. */
export interface Mailer {
  /** Resolves when the letter was taken over; throws MailRefused when it never will be, anything else when later may do. */
  send(letter: Letter): Promise<void>;
  close(): void;
}

/** The receiving side said no for good: no such mailbox, letter not wanted. */
export class MailRefused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`The mail server refused the letter (${code})`);
    this.name = 'MailRefused';
    this.code = code;
  }
}

const control = /[\u0000-\u001f\u007f\u2028\u2029]+/gu;
/** Nothing a person typed can begin a new header line. */
const oneLine = (text: string): string => text.replaceAll(control, ' ').trim();

const headerName = /^[A-Za-z][A-Za-z0-9-]*$/;

function checked(letter: Letter): Letter {
  z.email().parse(letter.to);
  if (!/^[^\s<>@,;]+@[^\s<>@,;]+$/.test(letter.from.address)) throw new Error('MAIL_FROM is not an address');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(letter.headers ?? {})) {
    if (!headerName.test(name)) throw new Error('Not the name of a header');
    headers[name] = oneLine(value);
  }
  const from = { name: oneLine(letter.from.name), address: letter.from.address };
  return { ...letter, from, subject: oneLine(letter.subject), messageId: oneLine(letter.messageId), headers };
}

/** Sends over SMTP: `smtp://user:password@host:port`, or `smtps://`; `?requireTLS=true` insists on TLS. */
export function smtpMailer(smtpUrl: string): Mailer {
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(letter) {
      const { messageId, from, to, subject, text, html, headers } = checked(letter);
      try {
        await transport.sendMail({ messageId, from, to: { name: '', address: to }, subject, text, html, headers });
      } catch (error) {
        throw refusedForGood(error) ?? error;
      }
    },
    close: () => transport.close(),
  };
}

/** SMTP answers 5xx about the addressee or the letter are final (RFC 5321 §4.2.1); one about our sign-in is not. */
function refusedForGood(error: unknown): MailRefused | undefined {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown };
  const final =
    typeof responseCode === 'number' && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
  return final ? new MailRefused(`${String(code)}-${responseCode}`) : undefined;
}

/** For the demo city: letters go no further than a shelf in the database, to be read at /office/outbox. */
export function shelfMailer(): Mailer {
  return { send: (letter) => shelveLetter(checked(letter)), close: () => undefined };
}
