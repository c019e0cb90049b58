export { foldCharacter, foldText } from './fold.ts';
export { excerpt, fits, markWords, searchWords, type Piece } from './marks.ts';
export { resemblance, singlesOf, termsOf, wordsOf } from './terms.ts';
export { SimilarIndex, type KeptIndex, type Similar, type SimilarOptions } from './similarIndex.ts';
export { Suggester, type Suggestion } from './suggester.ts';
