import { createHash, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';

export type Mode = 'demo' | 'production' | 'test';
export type Role = 'web' | 'worker';

/** Everything that is decided outside the program. `.env.example` explains each line. */
export interface Config {
  readonly mode: Mode;
  readonly host: string;
  readonly port: number;
  /** Address under which people reach the city, without a slash at its end. */
  readonly baseUrl: string;
  /** True when the base address was given, not guessed from host and port. */
  readonly baseUrlGiven: boolean;
  readonly mongodbUri: string | null;
  readonly redisUrl: string | null;
  /** Signs cookies and forms; null until main.ts has taken the installation's own (demo). */
  readonly secret: string | null;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** How many proxies stand before the program; 0 believes no forwarded header. */
  readonly trustProxy: number;
  /** Folder of everything the program keeps on disk: embedded database, uploads, the demo's secret. */
  readonly dataFolder: string;
  /** Folder into which scripts/start puts the embedded database server. */
  readonly runtimeFolder: string;
  readonly logLevel: LogLevel;
  readonly roles: readonly Role[];
  /** Opens /metrics to whoever sends it as a bearer token; null leaves it to the loopback. */
  readonly metricsToken: string | null;
  /** Folders in which programs are looked for. */
  readonly searchPath: string;
  /** What was written wrongly, one sentence each; the program does not start with any. */
  readonly faults: readonly string[];
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];
type Environment = Readonly<Record<string, string | undefined>>;

const project = fileURLToPath(new URL('../', import.meta.url));

/** Reads the environment; never throws: what cannot be read keeps its default and is told in `faults`. */
export function readConfig(environment: Environment): Config {
  const faults: string[] = [];
  const text = (name: string): string | null => environment[name]?.trim() || null;
  const mode = readMode(text('NODE_ENV'));
  const port = integer('PORT', text('PORT'), 3000, 65_535, faults);
  const host = text('HOST') ?? '127.0.0.1';
  const baseUrl = address('BASE_URL', text('BASE_URL'), ['http:', 'https:'], faults);
  return Object.freeze({
    mode,
    host,
    port,
    baseUrl: (baseUrl ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    baseUrlGiven: baseUrl !== null,
    mongodbUri: address('MONGODB_URI', text('MONGODB_URI'), ['mongodb:', 'mongodb+srv:'], faults),
    redisUrl: address('REDIS_URL', text('REDIS_URL'), ['redis:', 'rediss:'], faults),
    secret: text('SECRET'),
    smtpUrl: address('SMTP_URL', text('SMTP_URL'), ['smtp:', 'smtps:'], faults),
    mailFrom: text('MAIL_FROM') ?? 'wenzheng@localhost',
    trustProxy: integer('TRUST_PROXY', text('TRUST_PROXY'), 0, 10, faults),
    dataFolder: text('DATA_FOLDER') ?? `${project}.data`,
    runtimeFolder: `${project}.runtime`,
    logLevel: choice('LOG_LEVEL', text('LOG_LEVEL'), logLevels, mode === 'test' ? 'silent' : 'info', faults),
    roles: readRoles(text('ROLES'), faults),
    metricsToken: text('METRICS_TOKEN'),
    searchPath: environment['PATH'] ?? '',
    faults,
  });
}

function readMode(value: string | null): Mode {
  return value === 'production' || value === 'test' ? value : 'demo';
}

function integer(name: string, value: string | null, otherwise: number, max: number, faults: string[]): number {
  if (value === null) return otherwise;
  const number = Number(value);
  if (Number.isInteger(number) && number >= 0 && number <= max) return number;
  faults.push(`${name} must be a whole number from 0 to ${max}, but it is “${value}”.`);
  return otherwise;
}

function choice<Value extends string>(
  name: string,
  value: string | null,
  values: readonly Value[],
  otherwise: Value,
  faults: string[],
): Value {
  const found = values.find((known) => known === value);
  if (value !== null && !found) faults.push(`${name} must be one of ${values.join(', ')}, but it is “${value}”.`);
  return found ?? otherwise;
}

/** Never repeats the value: an address may carry a password. */
function address(name: string, value: string | null, protocols: readonly string[], faults: string[]): string | null {
  if (value === null) return null;
  // A MongoDB address may list several hosts, which no URL may: only its beginning is looked at.
  const protocol = /^[a-z+]+:(?=\/\/.)/.exec(value)?.[0];
  if (protocol && protocols.includes(protocol)) return value;
  faults.push(`${name} must be an address that begins with ${protocols.map((known) => `${known}//`).join(' or ')}.`);
  return null;
}

function readRoles(value: string | null, faults: string[]): readonly Role[] {
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
  const secret = settings.secret ?? '';
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

/** The settings of this process. */
export const config: Config = readConfig(process.env);

let installationSecret = '';

/** Takes the secret this installation keeps for itself; called once at the start when none is configured. */
export function useInstallationSecret(secret: string): void {
  installationSecret = secret;
}

/**
 * Gives a key for one purpose ('session', 'device', 'csrf' …), so that no two uses share one.
 * Outside production a process without any secret gets one of its own.
 */
export function secretFor(purpose: string): string {
  const secret = config.secret ?? (installationSecret ||= randomBytes(32).toString('base64url'));
  return createHash('sha256').update(`${purpose}\n${secret}`).digest('base64url');
}
