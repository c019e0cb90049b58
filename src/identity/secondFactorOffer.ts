import type { Request } from 'express';
import QRCode from 'qrcode';
import { conflict } from '../kernel/errors.ts';
import { translate } from '../platform/language.ts';
import { actorOf } from '../web/actor.ts';
import type { Account } from './account.ts';
import { seal, unseal } from './keys.ts';
import { appAddress, newSecret } from './secondFactor.ts';

/** The secret this session offers to an app, the same until it is accepted: reloading the page spoils nothing. */
function offeredSecret(request: Request, accountId: string): string {
  const { offeredSecret: sealed } = request.session;
  if (sealed !== undefined) {
    try {
      return unseal(sealed, accountId, 'second-factor');
    } catch {
      // offered to another account in this browser before
    }
  }
  const secret = newSecret();
  request.session.offeredSecret = seal(secret, accountId, 'second-factor');
  return secret;
}

/** What the page of setting up shows: a picture to scan, an address to tap, letters to type. */
export async function offer(request: Request, account: Account) {
  const secret = offeredSecret(request, account._id);
  const address = appAddress(secret, account.userName, translate(actorOf(request).language, 'page.name'));
  return {
    address,
    picture: await QRCode.toDataURL(address, { width: 240, margin: 4, errorCorrectionLevel: 'M' }),
    letters: (secret.match(/.{1,4}/g) ?? []).join(' '),
  };
}

/** The secret that was offered here; throws a 409 when there is none, as in a second window. */
export function acceptedSecret(request: Request, accountId: string): string {
  const { offeredSecret: sealed } = request.session;
  if (sealed === undefined) throw conflict('second-factor.errors.offer-over');
  return unseal(sealed, accountId, 'second-factor');
}

/** Keeps new recovery codes for the next page. */
export function keepCodesToShow(request: Request, accountId: string, codes: readonly string[]): void {
  delete request.session.offeredSecret;
  request.session.codesToShow = seal(codes.join(' '), accountId, 'second-factor');
}

/** Takes the codes out to be shown once; empty when they were shown already. */
export function takeCodesToShow(request: Request, accountId: string): string[] {
  const { codesToShow: sealed } = request.session;
  delete request.session.codesToShow;
  return sealed === undefined ? [] : unseal(sealed, accountId, 'second-factor').split(' ');
}
