interface Waiting<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Makes one write of many single ones (votes, likes, lines of a trail); each caller hears after the write. A group
 * gathers for `waitMs`, and as long as the group before it is being written: the slower the database, the larger the
 * groups. `write` gives one result an item, in the same order; a result that is an Error (a Refusal, say) rejects that
 * caller alone, an error thrown rejects all of the group.
 */
export function groupWrites<Item, Result>(
  write: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>,
  { waitMs = 30, largest = 500 }: { waitMs?: number; largest?: number } = {},
): (item: Item) => Promise<Result> {
  const gathered: Waiting<Item, Result>[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing = false;

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (writing) return;
    writing = true;
    while (gathered.length > 0) await settle(gathered.splice(0, largest), write);
    writing = false;
  }

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      gathered.push({ item, resolve, reject });
      if (writing) return;
      if (gathered.length >= largest || waitMs === 0) void flush();
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
