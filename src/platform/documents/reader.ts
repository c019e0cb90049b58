import type { Answered, Asked } from './readApart.ts';
import { tasks } from './tasks.ts';

/** The process in which foreign files are read. It is asked one thing at a time and ends with whoever started it. */
process.on('disconnect', () => process.exit());
process.on('message', (asked: Asked) => {
  void answer(asked).then((answered) => process.send?.(answered));
});

async function answer({ task, input }: Asked): Promise<Answered> {
  try {
    return { result: await tasks[task](input as never) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : 'unreadable' };
  }
}
