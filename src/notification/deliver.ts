import { config } from '../config.ts';
import { translate } from '../platform/language.ts';
import { type Letter, type Mailer, shelfMailer, smtpMailer } from '../platform/mailer.ts';
import type { Mail } from './mailModel.ts';

let chosen: Mailer | undefined;

/** The way out of the house: SMTP where an address is set, otherwise the shelf of the demo city. */
export function mailer(): Mailer {
  chosen ??= config.smtpUrl ? smtpMailer(config.smtpUrl) : shelfMailer();
  return chosen;
}

/** Sends through another mailer from now on; for tests. Without one, what the configuration says. */
export function useMailer(other?: Mailer): void {
  chosen?.close();
  chosen = other;
}

/** The letter of a stored mail. Its Message-ID comes from the number of the mail and so never changes. */
export function letterOf({ _id, to, language, subject = '', text = '', html = '', headers = {} }: Mail): Letter {
  const from = { name: translate(language, 'page.name'), address: config.mailFrom };
  const messageId = `<${_id}@${config.mailFrom.split('@')[1] ?? 'localhost'}>`;
  return { messageId, from, to, subject, text, html, headers };
}
