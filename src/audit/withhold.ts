/** Names of fields whose content never enters the trail, wherever they stand. */
const secretName = /password|secret|token|hash|code|cookie|recovery/i;
const textLimit = 2000;
const listLimit = 200;

/**
 * Takes what was there before or after; gives a plain copy fit for the trail: fields named like a secret are
 * left out at any depth, dates become ISO text, long texts and lists are cut and say so.
 */
export function withhold(value: unknown, depth = 0): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value.length > textLimit ? `${value.slice(0, textLimit)}…` : value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || depth > 6) return '…';
  if (Array.isArray(value)) {
    const kept = value.slice(0, listLimit).map((item) => withhold(item, depth + 1));
    return value.length > listLimit ? [...kept, '…'] : kept;
  }
  const copy: Record<string, unknown> = {};
  for (const [name, content] of Object.entries(value)) {
    // a dot or a dollar in a name would be read as a path or an operator by the database
    if (!secretName.test(name)) copy[name.replaceAll('.', '·').replace(/^\$/, '＄')] = withhold(content, depth + 1);
  }
  return copy;
}
