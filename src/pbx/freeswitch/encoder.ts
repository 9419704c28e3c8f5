/** A value that would not arrive as it is. Refused, never mended: a mended value is another value. */
export class UnsafeValue extends Error {
  override readonly name = 'UnsafeValue';
}

/** A channel variable: a name that is a constant of ours, and its value. */
export type Variable = readonly [name: string, value: string];
/** An application of the inline dialplan and its data. */
export type Application = readonly [name: string, data: string];

const COMMAND_BYTES_MAX = 8 * 1024;
const CONTROL = /\p{Cc}/u;
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]*$/;
const VARIABLE_NAME = /^[a-z][a-z0-9_]{0,63}$/;
const DIALLED = /^[A-Za-z0-9._+*#-]{1,80}$/;
const WORD = /^[A-Za-z0-9._+*#@:-]{1,300}$/;
/**
 * FreeSWITCH takes an originate apart at blanks, then at the delimiter, then at `=`, removes quotes and backslashes at
 * each of the three (switch_utils.c, cleanup_separated_string), and later expands `${…}`, functions included. What
 * survives all that is listed here; whatever else there is, is refused.
 */
const VALUE =
  /^[\p{L}\p{M}\p{N}\u2019,.+*#_@/-](?:[\p{L}\p{M}\p{N}\u2019 ,.+*#_@/-]{0,254}[\p{L}\p{M}\p{N}\u2019,.+*#_@/-])?$/u;
const ENDPOINT = /^[A-Za-z0-9_]{1,40}\/[A-Za-z0-9_.@:*#+/-]{1,300}$/;
/** Between two dial strings it means that both are to ring (SWITCH_ENT_ORIGINATE_DELIM), wherever it stands. */
const ENTERPRISE = ':_:';
const APPLICATIONS = ['set', 'unset', 'export', 'transfer'];
const APPLICATIONS_MAX = 128;

/**
 * Writes one command of the Event Socket: the one place where text becomes ESL.
 * @returns its line, its headers and the closing empty line.
 * @throws UnsafeValue for a control character (a line break would begin a header or another command) or excess length.
 */
export function encodeCommand(
  line: string,
  headers: readonly (readonly [name: string, value: string])[] = [],
): string {
  if (line === '') throw new UnsafeValue('A command is empty.');
  if (CONTROL.test(line)) throw new UnsafeValue('A command contains a control character.');
  const encoded = headers.map(([name, value]) => {
    if (!HEADER_NAME.test(name)) throw new UnsafeValue('Not the name of a header.');
    if (value === '' || CONTROL.test(value)) throw new UnsafeValue(`The value of ${name} can not be sent.`);
    return `${name}: ${value}\n`;
  });
  const wire = `${line}\n${encoded.join('')}\n`;
  if (Buffer.byteLength(wire) > COMMAND_BYTES_MAX)
    throw new UnsafeValue(`A command has at most ${COMMAND_BYTES_MAX} bytes.`);
  return wire;
}

/**
 * A command to be run in the background, its job named by an id of ours.
 * @throws UnsafeValue
 */
export function encodeJob(line: string, jobUuid: string): string {
  return encodeCommand(`bgapi ${line}`, [['Job-UUID', jobUuid]]);
}

/**
 * An API command and its arguments, each a word without blanks.
 * @throws UnsafeValue
 */
export function apiLine(command: string, ...words: readonly string[]): string {
  const unsafe = words.find((word) => !WORD.test(word));
  if (unsafe !== undefined) throw new UnsafeValue(`An argument of ${command} contains what can not be sent.`);
  return ['api', command, ...words].join(' ');
}

/**
 * Where to ring, with the variables of the new channel, as one quoted argument. The variables are parted by `;` instead
 * of the usual comma, because a list such as toll_allow has commas of its own.
 * @throws UnsafeValue
 */
export function dialString(variables: readonly Variable[], endpoint: string): string {
  if (!ENDPOINT.test(endpoint) || endpoint.includes(ENTERPRISE))
    throw new UnsafeValue('The channel contains what can not be sent.');
  return `'{^^;${variables.map(assignment).join(';')}}${endpoint}'`;
}

/**
 * What the channel does once it is answered, as one quoted argument for the dialplan `inline`.
 * @throws UnsafeValue
 */
export function inlineApplications(applications: readonly Application[]): string {
  if (applications.length > APPLICATIONS_MAX)
    throw new UnsafeValue(`At most ${APPLICATIONS_MAX} applications can be given.`);
  const parts = applications.map(([name, data]) => {
    if (!APPLICATIONS.includes(name)) throw new UnsafeValue('Not an application that is used here.');
    if (!isPlainData(data)) throw new UnsafeValue(`The data of ${name} contain what can not be sent.`);
    return `${name}:${data}`;
  });
  return `'m:^:${parts.join('^')}'`;
}

/** Sets a variable on the channel. @throws UnsafeValue */
export function set(...variable: Variable): Application {
  return ['set', assignment(variable)];
}

/** Takes a variable from the channel. @throws UnsafeValue */
export function unset(name: string): Application {
  return ['unset', variableName(name)];
}

/** Gives a variable to every channel that this one calls, and not to itself. @throws UnsafeValue */
export function exportToCalled(...variable: Variable): Application {
  return ['export', `nolocal:${assignment(variable)}`];
}

/** Goes on in the dialplan. @throws UnsafeValue */
export function transfer(number: string, context: string): Application {
  if (!DIALLED.test(number) || !DIALLED.test(context))
    throw new UnsafeValue('The number or its context contains what can not be sent.');
  return ['transfer', `${number} XML ${context}`];
}

function assignment([name, value]: Variable): string {
  if (!VALUE.test(value))
    throw new UnsafeValue(`The value of ${variableName(name)} contains what can not be sent.`);
  return `${variableName(name)}=${value}`;
}

function variableName(name: string): string {
  if (!VARIABLE_NAME.test(name)) throw new UnsafeValue('Not the name of a variable.');
  return name;
}

/** Data of an application: a value, once its prefix and the one sign that parts name and value are taken out. */
function isPlainData(data: string): boolean {
  return VALUE.test(data.replace(/^nolocal:/, '').replace('=', '_'));
}
