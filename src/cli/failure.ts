import { CommanderError } from 'commander';

/** Exit codes, as `--help` tells them. */
export const EXIT = {
  done: 0,
  failed: 1,
  wrongInput: 2,
  notAnswered: 3,
  notKnown: 4,
  fault: 70,
  /** By Ctrl-C, as shells have it. */
  left: 130,
} as const;

/** A command that ends in another way than well, in words for whoever typed it. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  readonly exitCode: number;
  readonly messages: readonly string[];

  constructor(exitCode: number, messages: readonly string[], options?: ErrorOptions) {
    super(messages.join('\n'), options);
    this.exitCode = exitCode;
    this.messages = messages;
  }
}

/** What was typed can't be. */
export function wrongInput(...messages: string[]): CommandFailed {
  return new CommandFailed(EXIT.wrongInput, messages);
}

export function failed(...messages: string[]): CommandFailed {
  return new CommandFailed(EXIT.failed, messages);
}

export interface Failure {
  readonly exitCode: number;
  readonly messages: readonly string[];
}

/**
 * Errors that somebody other than us has to act on, by name: `instanceof` would have to load the rooms that they come
 * from, which a mistyped option has no need of.
 */
const EXPECTED: Readonly<Record<string, number>> = {
  ControlError: EXIT.failed,
  ConfigError: EXIT.wrongInput,
  DirectoryError: EXIT.wrongInput,
  PolicyError: EXIT.wrongInput,
  WebhookError: EXIT.wrongInput,
  AccessError: EXIT.wrongInput,
  PeopleError: EXIT.wrongInput,
  StoreError: EXIT.failed,
  Crowded: EXIT.failed,
  SealBroken: EXIT.failed,
};

/** What to say about an error, and what to exit with. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommandFailed) return error;
  if (error instanceof CommanderError) return usageFailure(error);
  if (!(error instanceof Error)) return { exitCode: EXIT.fault, messages: [String(error)] };
  const exitCode = EXPECTED[error.name];
  if (exitCode !== undefined) return { exitCode, messages: error.message.split('\n') };
  // A file, a folder or a port that the system would not give us: its words say which.
  if ('syscall' in error) return { exitCode: EXIT.failed, messages: [error.message] };
  return { exitCode: EXIT.fault, messages: [`A fault of ours: ${error.stack ?? error.message}`] };
}

function usageFailure({ code, exitCode, message }: CommanderError): Failure {
  if (exitCode === 0) return { exitCode: EXIT.done, messages: [] };
  // The help itself was the answer to a command that is none by itself.
  if (code === 'commander.help') return { exitCode: EXIT.wrongInput, messages: [] };
  return { exitCode: EXIT.wrongInput, messages: [message.replace(/^error: /, '').replace(/\n/g, ' ')] };
}
