/** Whether this browser can undo gzip (all since 2023 can); one that cannot asks over HTTP, where it always could. */
export const unpacks = typeof DecompressionStream === 'function';

/** Undoes gzip and reads the JSON inside; throws when it is neither. */
export async function unpack<Value>(packed: ArrayBuffer): Promise<Value> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(stream).json()) as Value;
}
