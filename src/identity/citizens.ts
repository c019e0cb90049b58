import { notFound } from '../kernel/errors.ts';
import { CitizenModel, type CitizenRow } from './citizenModel.ts';
import { unseal } from './keys.ts';
import { channelNamed } from './verificationChannel.ts';

/** The address a citizen proved, to write to them; undefined when they are gone. */
export async function addressOf(citizenId: string): Promise<string | undefined> {
  const citizen = await CitizenModel.findById(citizenId).lean<CitizenRow>();
  const address = citizen?.addresses[0];
  return address && unseal(address.sealed, citizenId);
}

/** What a citizen sees about themselves; the address with its middle hidden. */
export async function ownProfile(citizenId: string) {
  const citizen = await CitizenModel.findById(citizenId).lean<CitizenRow>();
  const proved = citizen?.addresses[0];
  if (!citizen || !proved) throw notFound();
  return {
    nickname: citizen.nickname,
    address: channelNamed(proved.channel).mask(unseal(proved.sealed, citizenId)),
    createdAt: citizen.createdAt,
  };
}
