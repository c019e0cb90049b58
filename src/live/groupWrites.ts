interface Waiting<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Collects single writes (votes, likes) for a few tens of milliseconds and makes one write of them; each caller hears
 * after the write. `write` takes the group and gives one result an item, in the same order; a result that is an Error
 * (a Refusal, say) rejects that caller alone, an error thrown rejects all of the group.
 */
export function groupWrites<Item, Result>(
  write: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>,
  { waitMs = 30, largest = 500 }: { waitMs?: number; largest?: number } = {},
): (item: Item) => Promise<Result> {
  let group: Waiting<Item, Result>[] = [];
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const taken = group;
    group = [];
    if (taken.length > 0) void settle(taken, write);
  }

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      group.push({ item, resolve, reject });
      if (group.length >= largest) flush();
      else timer ??= setTimeout(flush, waitMs);
    });
}

async function settle<Item, Result>(
  taken: Waiting<Item, Result>[],
  write: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>,
): Promise<void> {
  try {
    const results = await write(taken.map(({ item }) => item));
    if (results.length !== taken.length) throw new Error(`${taken.length} writes gave ${results.length} results`);
    for (const [index, waiting] of taken.entries()) {
      const result = results[index] as Result | Error;
      if (result instanceof Error) waiting.reject(result);
      else waiting.resolve(result);
    }
  } catch (error) {
    for (const waiting of taken) waiting.reject(error);
  }
}
