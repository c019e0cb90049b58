type GuestLinked = (guestId: string, citizenId: string) => Promise<void>;
type CitizenGone = (citizenId: string) => Promise<void>;
const linked: GuestLinked[] = [];
const gone: CitizenGone[] = [];

/** Lets a feature hand over what a device's guest did to the citizen they turned out to be. May be called again. */
export function onGuestLinked(follow: GuestLinked): void {
  linked.push(follow);
}

/** Lets a feature forget a citizen who deleted their account: what is published may stay, the person must not. */
export function onCitizenGone(follow: CitizenGone): void {
  gone.push(follow);
}

/** Tells every feature that a guest verified as a citizen. */
export async function linkGuest(guestId: string, citizenId: string): Promise<void> {
  for (const follow of linked) await follow(guestId, citizenId);
}

/** Tells every feature that a citizen is gone. */
export async function forgetCitizen(citizenId: string): Promise<void> {
  for (const follow of gone) await follow(citizenId);
}
