import { commandReply } from './message.ts';

/** Who may come in. */
export interface Login {
  /** The password of event_socket.conf.xml; it opens everything. */
  readonly password: string;
  /** A directory user with `esl-password`, its domain included. */
  readonly user: string;
  readonly userPassword: string;
  /** What that user may do; undefined: everything. */
  readonly allowedApi: readonly string[] | undefined;
  readonly allowedEvents: readonly string[] | undefined;
}

interface LoginResult {
  readonly accepted: boolean;
  readonly reply: Buffer;
  readonly allowedApi?: readonly string[] | undefined;
  readonly allowedEvents?: readonly string[] | undefined;
}

/** `auth <password>` and `userauth <user>@<domain>:<password>` (mod_event_socket.c, parse_command). */
export function logIn(command: 'auth' | 'userauth', argument: string, login: Login): LoginResult {
  if (command === 'auth') {
    const accepted = argument === login.password;
    return { accepted, reply: commandReply(accepted ? '+OK accepted' : '-ERR invalid') };
  }
  if (argument !== `${login.user}:${login.userPassword}`)
    return { accepted: false, reply: commandReply('-ERR invalid') };
  const { allowedApi, allowedEvents } = login;
  const reply = commandReply('+OK accepted', [
    ['Allowed-Events', allowedEvents?.join(' ') ?? 'all'],
    ['Allowed-API', allowedApi?.join(' ') ?? 'all'],
    ['Allowed-LOG', 'false'],
  ]);
  return { accepted: true, reply, allowedApi, allowedEvents };
}
