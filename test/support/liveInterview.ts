import { beforeAll } from '@jest/globals';
import { useDatabase } from './database.ts';
import { interviewModels, makeInterview, type TestInterview } from './interview.ts';

/** A database of its own for this test file, with a live interview in it; its fields are there when the tests begin. */
export function useLiveInterview(): TestInterview {
  useDatabase(interviewModels);
  const live = {} as TestInterview;
  beforeAll(async () => {
    Object.assign(live, await makeInterview('live'));
  });
  return live;
}
