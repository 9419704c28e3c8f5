import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { asNetwork, isNetwork } from '../kit/networks.ts';
import { suggest } from '../kit/suggest.ts';

interface Variable<Value> {
  readonly name: string;
  readonly meaning: string;
  /** As text, for people. */
  readonly shownDefault: string;
  /** @returns the value, or undefined where the text is not one; `right` then says what would be. */
  readonly read: (text: string | undefined) => Value | undefined;
  readonly right: string;
}

const PORT_MAX = 65_535;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

function whole(min: number, max: number, fallback: number) {
  return (text: string | undefined) => {
    if (text === undefined) return fallback;
    const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : undefined;
  };
}

function text<Fallback>(fallback: Fallback, pattern = /^[^\p{Cc}]{1,1024}$/u) {
  return (given: string | undefined): string | Fallback | undefined =>
    given === undefined ? fallback : pattern.test(given) ? given : undefined;
}

function readUrl(given: string | undefined): string | null | undefined {
  if (given === undefined) return null;
  const url = URL.parse(given);
  const isPlain =
    url !== null && ['http:', 'https:'].includes(url.protocol) && url.search === '' && url.username === '';
  return isPlain ? given.replace(/(?<!\/)\/+$/, '') : undefined;
}

/** Every setting of an installation: one environment variable each. `null` stands for "none". */
const VARIABLES = {
  host: {
    name: 'C2C_HOST',
    meaning: 'Address to listen on.',
    shownDefault: '127.0.0.1',
    read: text('127.0.0.1', /^[0-9A-Za-z.:_-]{1,253}$/),
    right: 'a name or an address such as 0.0.0.0',
  },
  httpPort: {
    name: 'C2C_HTTP_PORT',
    meaning: 'Port for HTTP; 0 takes a free one.',
    shownDefault: '8080',
    read: whole(0, PORT_MAX, 8080),
    right: 'a port from 0 to 65535',
  },
  httpsPort: {
    name: 'C2C_HTTPS_PORT',
    meaning: 'Port for HTTPS beside HTTP, with C2C_TLS_CERT and C2C_TLS_KEY; 0 takes a free one.',
    shownDefault: 'none',
    read: (given) => (given === undefined ? null : whole(0, PORT_MAX, 0)(given)),
    right: 'a port from 0 to 65535',
  },
  tlsCert: {
    name: 'C2C_TLS_CERT',
    meaning: 'File with the certificate chain, PEM.',
    shownDefault: 'none',
    read: text(null),
    right: 'the path of a file',
  },
  tlsKey: {
    name: 'C2C_TLS_KEY',
    meaning: "File with the certificate's private key, PEM.",
    shownDefault: 'none',
    read: text(null),
    right: 'the path of a file',
  },
  dataDir: {
    name: 'C2C_DATA_DIR',
    meaning:
      'Folder for the database, the master key, the sandbox key, and the socket by which commands reach a server.',
    shownDefault: './data',
    read: (given) => {
      const path = text('./data')(given);
      return path === undefined ? undefined : resolve(path);
    },
    right: 'the path of a folder',
  },
  databaseUrl: {
    name: 'C2C_DATABASE_URL',
    meaning: 'PostgreSQL to use, postgres://user:password@host:5432/name. Without it SQLite in C2C_DATA_DIR.',
    shownDefault: 'none',
    read: text(null, /^postgres(ql)?:\/\/[^\p{Cc}\s]{1,1000}$/u),
    right: 'a URL such as postgres://c2c:password@db.example.net/click2call',
  },
  serverId: {
    name: 'C2C_SERVER_ID',
    meaning: 'What server_id in the answers says.',
    shownDefault: 'the host name',
    read: (given) => text(hostname(), /^[^\p{Cc}]{1,100}$/u)(given),
    right: 'up to 100 characters',
  },
  publicUrl: {
    name: 'C2C_PUBLIC_URL',
    meaning: 'How the world reaches this server; URLs in answers begin with it.',
    shownDefault: 'from C2C_HOST and the port',
    read: readUrl,
    right: 'an http or https URL without a query',
  },
  masterKeyFile: {
    name: 'C2C_MASTER_KEY_FILE',
    meaning:
      'File with the key that seals PBX secrets: 32 bytes as base64. Made at first start where it is missing; click2call ' +
      'rekey makes another.',
    shownDefault: 'master.key in C2C_DATA_DIR',
    read: text(null),
    right: 'the path of a file',
  },
  masterKey: {
    name: 'C2C_MASTER_KEY',
    meaning:
      'The key itself, 32 bytes as base64, instead of a file. Several, the newest first, separated by commas, while ' +
      'click2call rekey changes them.',
    shownDefault: 'none',
    read: text(null, /^[A-Za-z0-9+/_-]{43}=?(,[A-Za-z0-9+/_-]{43}=?){0,9}$/),
    right: '32 bytes as base64: openssl rand -base64 32',
  },
  signup: {
    name: 'C2C_SIGNUP',
    meaning:
      'closed: accounts and people are made by the operator; their PBXs may be at private addresses, and the operator ' +
      'may give them templates of their own. invitation: the same, and members of an account may invite others to it. ' +
      'open: anybody makes an account.',
    shownDefault: 'closed',
    read: (given) =>
      (['closed', 'invitation', 'open'] as const).find((policy) => policy === (given ?? 'closed')),
    right: 'closed, invitation or open',
  },
  smtpUrl: {
    name: 'C2C_SMTP_URL',
    meaning:
      'Mail server that confirmations, invitations and new passwords go out by; without it links are shown instead. TLS is ' +
      'needed but on this machine, or with ?tls=none at the end.',
    shownDefault: 'none',
    read: (given) => {
      if (given === undefined) return null;
      const url = URL.parse(given);
      return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '' ? given : undefined;
    },
    right: 'a URL such as smtp://user:password@mail.example.net:587, or smtps://…:465',
  },
  mailFrom: {
    name: 'C2C_MAIL_FROM',
    meaning: 'Whom e-mail comes from.',
    shownDefault: 'none',
    read: text(null, /^([^\p{Cc}<>"]{1,80} )?<?[^\p{Cc}\s<>"@]{1,64}@[^\p{Cc}\s<>"@]{1,190}>?$/u),
    right: 'an address such as Click-2-Call <calls@example.net>',
  },
  pbxNetworks: {
    name: 'C2C_PBX_NETWORKS',
    meaning:
      'Private networks that PBXs and the receivers of webhooks may be in where C2C_SIGNUP is open, separated by commas.',
    shownDefault: 'none',
    read: (given) => {
      const networks = (given ?? '').split(',').filter((network) => network !== '');
      return networks.every(isNetwork) ? networks : undefined;
    },
    right: 'ranges such as 10.0.0.0/8,fd00::/8',
  },
  trustedProxies: {
    name: 'C2C_TRUSTED_PROXIES',
    meaning:
      'Proxies in front of this server, as addresses or ranges separated by commas: whom a request comes from is read from ' +
      'the X-Forwarded-For that they send, and from nobody else.',
    shownDefault: 'none',
    read: (given) => {
      const networks = (given ?? '')
        .split(',')
        .filter((network) => network !== '')
        .map((network) => asNetwork(network.trim()));
      return networks.includes(undefined) ? undefined : networks.filter((network) => network !== undefined);
    },
    right: 'addresses or ranges such as 127.0.0.1,10.0.0.0/8',
  },
  repeatWindowMs: {
    name: 'C2C_REPEAT_WINDOW_MS',
    meaning: 'The same click within so many milliseconds rings nobody again; 0 lets every click ring.',
    shownDefault: '3000',
    read: whole(0, 600_000, 3_000),
    right: 'milliseconds from 0 to 600000',
  },
  logLevel: {
    name: 'C2C_LOG_LEVEL',
    meaning: `How much is logged: ${LOG_LEVELS.join(', ')}.`,
    shownDefault: 'info',
    read: (given) => LOG_LEVELS.find((level) => level === (given ?? 'info')),
    right: `one of ${LOG_LEVELS.join(', ')}`,
  },
} as const satisfies Record<string, Variable<unknown>>;

export type Config = {
  readonly [Name in keyof typeof VARIABLES]: Exclude<ReturnType<(typeof VARIABLES)[Name]['read']>, undefined>;
};

/** The environment holds a setting that can't be; each problem names the variable, the fault and what would be right. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const NAMES: readonly string[] = Object.values(VARIABLES).map((variable) => variable.name);
const SECRET_NAMES: readonly string[] = ['C2C_MASTER_KEY', 'C2C_DATABASE_URL', 'C2C_SMTP_URL'];

/**
 * Reads the whole environment at once. An unknown `C2C_…` is an error: a misspelt setting must not be a default.
 * @throws ConfigError
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems = unknownNames(env);
  const values = Object.entries(VARIABLES).map(([field, variable]) => {
    // An empty variable is one that was not set: that is how a shell script leaves one out.
    const given = env[variable.name] === '' ? undefined : env[variable.name];
    const value = variable.read(given);
    if (value === undefined)
      problems.push(`${variable.name} can not be ${shown(variable.name, given)}; give ${variable.right}.`);
    return [field, value] as const;
  });
  const config = Object.freeze(Object.fromEntries(values)) as Config;
  if (config.httpsPort !== null && (config.tlsCert === null || config.tlsKey === null)) {
    problems.push('C2C_HTTPS_PORT needs C2C_TLS_CERT and C2C_TLS_KEY; give the paths of both files.');
  }
  if (config.smtpUrl !== null && config.mailFrom === null)
    problems.push('C2C_SMTP_URL needs C2C_MAIL_FROM; give the address that e-mail comes from.');
  // What a request says of our name may be a lie, and a letter must not lead there.
  if (config.smtpUrl !== null && config.publicUrl === null)
    problems.push('C2C_SMTP_URL needs C2C_PUBLIC_URL; give the URL that links in e-mail begin with.');
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** One line for each setting: its name, meaning, default, and value now (secrets masked). */
export function describeConfig(env: Readonly<Record<string, string | undefined>>): readonly {
  readonly name: string;
  readonly meaning: string;
  readonly default: string;
  readonly value: string | null;
}[] {
  return Object.values(VARIABLES).map(({ name, meaning, shownDefault }) => {
    const given = env[name];
    const value = given === undefined || given === '' ? null : SECRET_NAMES.includes(name) ? '***' : given;
    return { name, meaning, default: shownDefault, value };
  });
}

function unknownNames(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('C2C_') && !NAMES.includes(name))
    .map((name) => {
      const meant = suggest(name, NAMES);
      return `${name} is no setting; ${meant === undefined ? 'click2call config lists them' : `did you mean ${meant}?`}`;
    });
}

function shown(name: string, given: string | undefined): string {
  return SECRET_NAMES.includes(name) ? 'this value' : JSON.stringify((given ?? '').slice(0, 100));
}
