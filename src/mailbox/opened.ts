import type { Request, Response } from 'express';
import { z } from 'zod';
import { readSignedCookie, setSignedCookie } from '../web/cookies.ts';
import { passFor, trackingMinutes } from './pass.ts';
import type { Letter } from './record.ts';

const openedCookie = 'wz_letters';
const sentCookie = 'wz_letter_sent';
const openedSchema = z.record(z.string(), z.string());
const sentSchema = z.object({ letterId: z.string(), number: z.string(), code: z.string() });

/** The letters this browser opened with their codes; each stays open for an hour. */
function openedLetters(request: Request): Record<string, string> {
  const read = openedSchema.safeParse(readSignedCookie(request, openedCookie));
  return read.success ? read.data : {};
}

/** The pass by which this browser may see the letter, or an empty text. */
export const passOf = (request: Request, number: string): string => openedLetters(request)[number] ?? '';

/** Remembers that this browser may see the letter; at most five at a time. */
export function rememberOpened(request: Request, response: Response, letter: Letter): void {
  const others = Object.entries(openedLetters(request)).filter(([number]) => number !== letter.number);
  const kept = [[letter.number, passFor(letter._id, trackingMinutes)], ...others].slice(0, 5);
  setSignedCookie(response, openedCookie, Object.fromEntries(kept), 0);
}

export type SentLetter = z.output<typeof sentSchema>;

/** Carries number and code to the page that shows them, for this browser and for half an hour. */
export const rememberSent = (response: Response, sent: SentLetter): void =>
  setSignedCookie(response, sentCookie, sent, 1 / 48);

/** What was sent last from this browser. */
export function sentLetter(request: Request): SentLetter | undefined {
  const read = sentSchema.safeParse(readSignedCookie(request, sentCookie));
  return read.success ? read.data : undefined;
}
