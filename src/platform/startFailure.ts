/** Why the program cannot start, in one sentence for the operator. main.ts prints it and ends with code 1. */
export class StartFailure extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'StartFailure';
  }
}
