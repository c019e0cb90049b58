import type { Language } from '../kernel/language.ts';
import { emailChannel } from './emailChannel.ts';

export interface CodeMessage {
  code: string;
  minutes: number;
  until: Date;
  language: Language;
  attemptId: string;
}

/** A way to prove who one is: a code goes to an address. E-mail today; a text message or single sign-on would be others. */
export interface VerificationChannel {
  readonly name: string;
  /** Takes what was typed; gives the address in one form, or undefined when it cannot be one. */
  readAddress(typed: string): string | undefined;
  /** Sends the code, which is worth nothing after `until`, `minutes` from now. */
  sendCode(address: string, message: CodeMessage): Promise<void>;
  /** The address with its middle hidden, to be recognised by its owner. */
  mask(address: string): string;
}

const channels: ReadonlyMap<string, VerificationChannel> = new Map([[emailChannel.name, emailChannel]]);

/** Gives the channel of a name; unknown names fall back to e-mail. */
export function channelNamed(name: string): VerificationChannel {
  return channels.get(name) ?? emailChannel;
}
