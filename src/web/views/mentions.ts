/**
 * How keys of `locales/` are found in sources, by the bundles' word lists and by test/views.test.ts.
 * A key is mentioned by a quoted text that is the key ('interview.asked'), or by a quoted text that ends in a dot or
 * a hyphen or stands before `${`, which mentions every key that begins so: (concat 'interview.phases.' phase), `errors.titles.${n}`.
 */
export interface Mentions {
  keys: Set<string>;
  prefixes: Set<string>;
}

/** Gives what a TypeScript or Handlebars source mentions; not everything that looks like a key is one. */
export function mentionsIn(source: string): Mentions {
  const [keys, prefixes] = [new Set<string>(), new Set<string>()];
  for (const [, text = '', end] of source.matchAll(/['"`]([a-z][\w-]*\.[\w.-]*)(['"`]|\$\{)/g)) {
    if (end === '${' || /[.-]$/.test(text)) prefixes.add(text);
    else keys.add(text);
  }
  return { keys, prefixes };
}

/** True when a key of a locale file (plural ending included) is among the mentions. */
export function isMentioned(key: string, { keys, prefixes }: Mentions): boolean {
  if (keys.has(key) || keys.has(key.replace(/_(zero|one|two|few|many|other)$/, ''))) return true;
  return [...prefixes].some((prefix) => key.startsWith(prefix));
}
