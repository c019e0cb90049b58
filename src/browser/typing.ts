import { insertWords } from './typing/insert.ts';
import { keepTyping } from './typing/keep.ts';

keepTyping();
insertWords();
