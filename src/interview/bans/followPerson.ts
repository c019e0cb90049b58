import { InterviewModel } from '../interviewModel.ts';

/** A banned visitor who proves to be a citizen stays banned, as both. */
export async function banFollowsLinked(guestId: string, citizenId: string): Promise<void> {
  await InterviewModel.updateMany(
    { 'bans.personIds': guestId },
    { $addToSet: { 'bans.$[own].personIds': citizenId } },
    { arrayFilters: [{ 'own.personIds': guestId }] },
  );
}

/** A citizen is gone: no ban tells any more whose it was. */
export async function banForgets(citizenId: string): Promise<void> {
  await InterviewModel.updateMany(
    { 'bans.personIds': citizenId },
    { $pull: { 'bans.$[own].personIds': citizenId }, $set: { 'bans.$[own].asker.name': null } },
    { arrayFilters: [{ 'own.personIds': citizenId }] },
  );
}
