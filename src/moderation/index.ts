import type { Feature } from '../feature.ts';
import { SpentProofModel } from './proof/spentProofModel.ts';

/** What keeps words and crowds in order: marked words, and work that machines have to do. */
export const moderation: Feature = { name: 'moderation', models: [SpentProofModel] };

export { asksToKeep, numberKinds, refuseCards, refuseNickname, refuseNumbers } from './numbers.ts';
export { markedWords } from './wordList.ts';
export { isProven, newChallenge, proofNeeded } from './proof/proof.ts';
