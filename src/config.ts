import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Mode = 'demo' | 'production' | 'test';
export type Role = 'web' | 'worker';
/** How much the demo city tells: `small` leaves out the large interview and nine letters of ten. */
export type DemoSize = 'full' | 'small';

/** Everything that is decided outside the program. `.env.example` explains each line. */
export interface Config {
  readonly mode: Mode;
  readonly demoSize: DemoSize;
  readonly host: string;
  readonly port: number;
  /** Address under which people reach the city, without a slash at its end. */
  readonly baseUrl: string;
  /** True when the base address was given, not guessed from host and port. */
  readonly baseUrlGiven: boolean;
  readonly mongodbUri: string | undefined;
  readonly redisUrl: string | undefined;
  /** What every key is made from, see secretFor(); empty when there is none. */
  readonly secret: string;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** The virus scanner clamd: `tcp://host:3310` or `unix:///path`. Without one files are not scanned. */
  readonly clamdUrl: string | undefined;
  /** How many proxies stand before the program, or their addresses; false believes no forwarded header. */
  readonly trustProxy: false | number | string;
  /** Folder of everything the program keeps on disk: embedded database, uploads, the demo's secret. */
  readonly dataFolder: string;
  /** Folder into which scripts/start puts the embedded database server. */
  readonly runtimeFolder: string;
  readonly logLevel: LogLevel;
  readonly roles: readonly Role[];
  /** Opens /metrics to whoever sends it as a bearer token; without it only the loopback may read. */
  readonly metricsToken: string | undefined;
  /** Folders in which programs are looked for. */
  readonly searchPath: string;
  /** What was written wrongly, one sentence each; the program does not start with any. */
  readonly faults: readonly string[];
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];
type Environment = Readonly<Record<string, string | undefined>>;

const loopback = /^(localhost|127(\.\d+){3}|::1)$/;
const project = fileURLToPath(new URL('../', import.meta.url));

/** Reads the environment; never throws: what cannot be read keeps its default and is told in `faults`. */
export function readConfig(environment: Environment): Config {
  const faults: string[] = [];
  const text = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const mode = readMode(text('NODE_ENV'));
  const port = integer('PORT', text('PORT'), 3000, 65_535, faults);
  const host = text('HOST') ?? (mode === 'production' ? '0.0.0.0' : '127.0.0.1');
  if (mode === 'demo' && !loopback.test(host)) {
    faults.push(`HOST is “${host}”, but the demo city is for this machine only: its passwords are known to everybody.`);
  }
  const baseUrl = address('BASE_URL', text('BASE_URL'), ['http:', 'https:'], faults);
  return Object.freeze({
    mode,
    demoSize: choice('DEMO_SIZE', text('DEMO_SIZE'), ['full', 'small'] as const, 'full', faults),
    host,
    port,
    baseUrl: (baseUrl ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    baseUrlGiven: baseUrl !== undefined,
    mongodbUri: address('MONGODB_URI', text('MONGODB_URI'), ['mongodb:', 'mongodb+srv:'], faults),
    redisUrl: address('REDIS_URL', text('REDIS_URL'), ['redis:', 'rediss:'], faults),
    secret: text('SECRET') ?? (mode === 'test' ? 'a secret for tests and for nothing else' : ''),
    smtpUrl: address('SMTP_URL', text('SMTP_URL'), ['smtp:', 'smtps:'], faults),
    clamdUrl: address('CLAMD_URL', text('CLAMD_URL'), ['tcp:', 'unix:'], faults),
    mailFrom: text('MAIL_FROM') ?? 'wenzheng@localhost',
    trustProxy: readTrustProxy(text('TRUST_PROXY'), faults),
    dataFolder: text('DATA_FOLDER') ?? `${project}.data`,
    runtimeFolder: `${project}.runtime`,
    logLevel: choice('LOG_LEVEL', text('LOG_LEVEL'), logLevels, mode === 'test' ? 'silent' : 'info', faults),
    roles: readRoles(text('ROLES'), faults),
    metricsToken: text('METRICS_TOKEN'),
    searchPath: environment['PATH'] ?? '',
    faults,
  });
}

function readMode(value: string | undefined): Mode {
  return value === 'production' || value === 'test' ? value : 'demo';
}

function integer(name: string, value: string | undefined, otherwise: number, max: number, faults: string[]): number {
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (Number.isInteger(number) && number >= 0 && number <= max) return number;
  faults.push(`${name} must be a whole number from 0 to ${max}, but it is “${value}”.`);
  return otherwise;
}

function choice<Value extends string>(
  name: string,
  value: string | undefined,
  values: readonly Value[],
  otherwise: Value,
  faults: string[],
): Value {
  const found = values.find((known) => known === value);
  if (value !== undefined && !found) faults.push(`${name} must be one of ${values.join(', ')}, but it is “${value}”.`);
  return found ?? otherwise;
}

/** Never repeats the value: an address may carry a password. */
function address(
  name: string,
  value: string | undefined,
  protocols: readonly string[],
  faults: string[],
): string | undefined {
  if (value === undefined) return undefined;
  // A MongoDB address may list several hosts, which no URL may: only its beginning is looked at.
  const protocol = /^[a-z+]+:(?=\/\/.)/.exec(value)?.[0];
  if (protocol && protocols.includes(protocol)) return value;
  faults.push(`${name} must be an address that begins with ${protocols.map((known) => `${known}//`).join(' or ')}.`);
  return undefined;
}

/** `true` is refused: whoever asks could then choose their own address and so escape every limit. */
function readTrustProxy(value: string | undefined, faults: string[]): false | number | string {
  if (value === undefined || value === 'false' || value === '0') return false;
  if (/^[1-9]$/.test(value)) return Number(value);
  if (/^[\da-f.:/, ]+$/i.test(value) || /^(loopback|linklocal|uniquelocal)(, ?\w+)*$/.test(value)) return value;
  faults.push('TRUST_PROXY must be the number of proxies before the program (0 to 9) or their addresses.');
  return false;
}

function readRoles(value: string | undefined, faults: string[]): readonly Role[] {
  const names = (value ?? 'web,worker').split(',').map((name) => name.trim());
  const roles = (['web', 'worker'] as const).filter((role) => names.includes(role));
  if (roles.length === names.length) return Object.freeze(roles);
  faults.push(`ROLES must be web, worker or web,worker, but it is “${value}”.`);
  return Object.freeze(['web', 'worker'] as const);
}

/** Secrets that were ever written in a file everybody can read. */
const knownSecrets = ['change-me', 'changeme', 'secret', 'password', 'please-change-this-secret-before-use'];
export const secretLengthMin = 32;

/** Gives every reason why this may not serve a city yet, empty when it may. `demoData`: the database holds the demo city. */
export function productionProblems(settings: Config, demoData: boolean): string[] {
  if (settings.mode !== 'production') return [];
  const problems: string[] = [];
  const { secret } = settings;
  if (!settings.mongodbUri) {
    problems.push('MONGODB_URI is not set: a city needs a MongoDB server; the embedded database is for trying out.');
  }
  if (!secret) problems.push('SECRET is not set.');
  else if (knownSecrets.includes(secret.toLowerCase()) || new Set(secret).size < 8) {
    problems.push('SECRET is one that everybody can guess.');
  } else if (secret.length < secretLengthMin) {
    problems.push(`SECRET is too short: it needs at least ${secretLengthMin} characters.`);
  }
  if (demoData) problems.push('The database holds the demo city: use an empty one.');
  if (!settings.baseUrlGiven) problems.push('BASE_URL is not set: links in mails need the public address.');
  else if (/^https?:\/\/(localhost|127\.|\[::1\])/.test(settings.baseUrl)) {
    problems.push('BASE_URL is an address of this machine only: set the public one.');
  }
  if (!settings.smtpUrl) problems.push('SMTP_URL is not set: no mail could be sent.');
  return problems;
}

/** The demo's secret, of this installation alone: made once and kept beside its data. */
function installationSecret(folder: string): string {
  const file = join(folder, 'secret');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    const secret = randomBytes(32).toString('base64url');
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, secret, { mode: 0o600 });
    } catch {
      // a folder that cannot be written is told by the start itself; until then the secret lives in memory
    }
    return secret;
  }
}

const given = readConfig(process.env);

/** The settings of this process. */
export const config: Config =
  given.mode === 'demo' && !given.secret
    ? Object.freeze({ ...given, secret: installationSecret(given.dataFolder) })
    : given;

/** Gives a key for one purpose ('session', 'device', 'csrf' …), so that no two uses share one. */
export function secretFor(purpose: string): string {
  return createHash('sha256').update(`${purpose}\n${config.secret}`).digest('base64url');
}
