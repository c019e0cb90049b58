export { markedWords } from './wordList.ts';
