import { isDeepStrictEqual } from 'node:util';
import mongoose, { Schema } from 'mongoose';
import { invalid, notFound } from '../kernel/errors.ts';
import { now } from '../kernel/time.ts';

export type SettingValue = number | boolean | string | readonly string[];

interface Shape<Value extends SettingValue> {
  type: 'integer' | 'boolean' | 'text' | 'choice' | 'list';
  default: Value;
  min?: number;
  max?: number;
  /** Message key below `settings.units.`, e.g. `characters`. */
  unit?: string;
  choices?: readonly string[];
  /** What a text, or each line of a list, says: a time of day, an address we may post to, or a department's identifier. */
  says?: 'time' | 'address' | 'department';
  /** Keys of settings whose value must stay below this one's, and above it. */
  above?: readonly string[];
  below?: readonly string[];
}

/** One adjustable value. `value()` costs nothing: it reads the copy in memory. */
export interface Setting<Value extends SettingValue = SettingValue> extends Shape<Value> {
  key: string;
  value(): Value;
}

const declared = new Map<string, Setting>();
const stored = new Map<string, SettingValue>();

function declare<Value extends SettingValue>(key: string, shape: Shape<Value>): Setting<Value> {
  const setting: Setting<Value> = {
    key,
    ...shape,
    value: () => (stored.get(key) as Value | undefined) ?? shape.default,
  };
  declared.set(key, setting);
  return setting;
}

type Order = { above?: readonly string[]; below?: readonly string[] };
type Says = { says?: 'time' | 'address' | 'department' };
type Bounds = { default: number; min: number; max: number; unit?: string } & Order;

/** Declares a whole number between `min` and `max`. Name and explanation stand in `<area>.settings.<rest>`. */
export const integerSetting = (key: string, bounds: Bounds): Setting<number> =>
  declare(key, { type: 'integer', ...bounds });
/** Declares a switch. */
export const booleanSetting = (key: string, shape: { default: boolean }): Setting<boolean> =>
  declare(key, { type: 'boolean', ...shape });
/** Declares a line of text; `max` counts characters. */
export const textSetting = (key: string, shape: { default: string; max?: number } & Order & Says): Setting<string> =>
  declare(key, { type: 'text', max: 500, ...shape });
/** Declares one of a few words; what each means stands in `<area>.settings.<rest>.choices.<word>`. */
export const choiceSetting = <Choice extends string>(
  key: string,
  shape: { default: Choice; choices: readonly Choice[] },
): Setting<Choice> => declare(key, { type: 'choice', ...shape });
/** Declares a list of lines. */
export const listSetting = (
  key: string,
  shape: { default: readonly string[]; max?: number } & Says,
): Setting<readonly string[]> => declare(key, { type: 'list', max: 200, ...shape });

/** Every declared setting, by key. */
export function declaredSettings(): readonly Setting[] {
  return [...declared.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Gives a declared setting or a 404. */
export function settingByKey(key: string): Setting {
  const setting = declared.get(key);
  if (!setting) throw notFound();
  return setting;
}

interface StoredSetting {
  _id: string;
  value: SettingValue;
  history: { value: SettingValue | null; by: string; at: Date }[];
}

const settingSchema = new Schema<StoredSetting>(
  {
    _id: String,
    value: Schema.Types.Mixed,
    history: [{ _id: false, value: Schema.Types.Mixed, by: String, at: Date }],
  },
  { autoIndex: false, autoCreate: false, minimize: false },
);
const SettingModel = mongoose.model('Setting', settingSchema, 'settings');

/** An address we may post to: https, or http on this very machine. */
export function isPostable(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username } = new URL(url);
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return username === '' && (protocol === 'https:' || (protocol === 'http:' && here));
}

/** True when a text can be what the setting says; which departments there are is looked at by whoever changes it. */
function isSaid({ says }: Setting, text: string): boolean {
  if (says === 'time') return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
  return says !== 'address' || text === '' || isPostable(text);
}

/** The setting with which a value would stand in the wrong order, and on which side it should be; undefined when none. */
export function outOfOrder({ key, above, below }: Setting, value: SettingValue) {
  const over = (above ?? []).map(settingByKey).find((other) => other.key !== key && value <= other.value());
  if (over) return { side: 'above' as const, other: over };
  const under = (below ?? []).map(settingByKey).find((other) => other.key !== key && value >= other.value());
  return under && { side: 'below' as const, other: under };
}

/** Takes what a form sent; gives a value of the setting's type within its bounds or throws a 422 on field `value`. */
export function readSettingValue(setting: Setting, raw: unknown): SettingValue {
  const wrong = (key: string, params?: Record<string, string | number>) =>
    invalid({ value: params ? { key, params } : { key } });
  switch (setting.type) {
    case 'integer': {
      const value = typeof raw === 'number' ? raw : /^-?\d{1,12}$/.test(String(raw).trim()) ? Number(raw) : NaN;
      const { min = -Infinity, max = Infinity } = setting;
      if (!Number.isInteger(value)) throw wrong('errors.not-a-whole-number');
      if (value < min || value > max) throw wrong('errors.out-of-bounds', { min, max });
      return value;
    }
    case 'boolean':
      return raw === true || raw === 'true' || raw === 'on' || raw === '1';
    case 'choice':
      if (!setting.choices?.includes(String(raw))) throw wrong('errors.invalid-value');
      return String(raw);
    case 'list': {
      const lines = (Array.isArray(raw) ? raw.map(String) : String(raw ?? '').split(/\r?\n/)).map((line) =>
        line.trim(),
      );
      const kept = lines.filter((line) => line !== '');
      if (kept.length > (setting.max ?? 200)) throw wrong('errors.too-many-lines', { maximum: setting.max ?? 200 });
      for (const line of kept) if (!isSaid(setting, line)) throw wrong(`settings.wrong.${setting.says}-line`, { line });
      return kept;
    }
    case 'text': {
      const text = String(raw ?? '').trim();
      if (text.length > (setting.max ?? 500)) throw wrong('errors.too-long', { maximum: setting.max ?? 500 });
      if (!isSaid(setting, text)) throw wrong(`settings.wrong.${setting.says}`);
      return text;
    }
  }
}

/** Stores a checked value, or the default again for null, with who did it; in force at once in this process. */
export async function storeSetting(key: string, value: SettingValue | null, by: string): Promise<void> {
  const entry = { value, by, at: now() };
  await SettingModel.updateOne(
    { _id: key },
    value === null
      ? { $unset: { value: 1 }, $push: { history: entry } }
      : { $set: { value }, $push: { history: entry } },
    { upsert: true },
  );
  if (value === null) stored.delete(key);
  else stored.set(key, value);
}

/** Who changed a setting to what and when, newest first. */
export async function settingHistory(key: string): Promise<StoredSetting['history']> {
  const found = await SettingModel.findById(key).lean();
  return (found?.history ?? []).toReversed();
}

/** Reads all stored values into memory; a value that no longer fits its bounds is passed over. */
export async function loadSettings(): Promise<void> {
  const rows = await SettingModel.find({}, { value: 1 }).lean();
  const former = new Map(stored);
  stored.clear();
  for (const row of rows) {
    const setting = declared.get(row._id);
    if (!setting || row.value === undefined || row.value === null) continue;
    try {
      const value = readSettingValue(setting, row.value);
      const known = former.get(row._id);
      // An unchanged list stays the same one: what somebody worked out of it still holds
      stored.set(row._id, known !== undefined && isDeepStrictEqual(known, value) ? known : value);
    } catch {
      // bounds were narrowed since: the default holds until somebody sets it anew
    }
  }
}

/** Keeps this process's copy fresh when another process changed a setting. Gives the function that ends it. */
export function watchSettings(everySeconds = 5): () => void {
  const timer = setInterval(() => void loadSettings().catch(() => undefined), everySeconds * 1000);
  timer.unref();
  return () => clearInterval(timer);
}
