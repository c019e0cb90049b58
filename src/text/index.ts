export { foldCharacter, foldText } from './fold.ts';
export { resemblance, termsOf, wordsOf } from './terms.ts';
export { SimilarIndex, type KeptIndex, type Similar, type SimilarOptions } from './similarIndex.ts';
export { Suggester, type Suggestion } from './suggester.ts';
