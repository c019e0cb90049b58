interface Waiting<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Makes one durable write of what comes in while the last one is under way: a lone write goes out at once, a crowd's
 * writes share a sync to disk. Each caller hears after the write. `write` gives one result an item, in the same order;
 * an Error among them rejects that caller alone, an error thrown rejects the group. One group is written at a time.
 */
export function gather<Item, Result>(
  write: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>,
  { largest = 200 }: { largest?: number } = {},
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let busy = false;

  async function run(): Promise<void> {
    // Those whose requests are being read in this very moment still come along
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) await settle(waiting.splice(0, largest), write);
    busy = false;
  }

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (busy) return;
      busy = true;
      void run();
    });
}

async function settle<Item, Result>(
  group: Waiting<Item, Result>[],
  write: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>,
): Promise<void> {
  try {
    const results = await write(group.map(({ item }) => item));
    if (results.length !== group.length) throw new Error(`${group.length} writes gave ${results.length} results`);
    for (const [index, one] of group.entries()) {
      const result = results[index] as Result | Error;
      if (result instanceof Error) one.reject(result);
      else one.resolve(result);
    }
  } catch (error) {
    for (const one of group) one.reject(error);
  }
}
