import { failureOf } from './failure.ts';
import { createProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/** Runs the command that was typed. Says what went wrong where something did. @returns the exit code */
export async function run(terminal: Terminal): Promise<number> {
  try {
    await createProgram(terminal).parseAsync(terminal.argv, { from: 'user' });
    return 0;
  } catch (error) {
    const { exitCode, messages } = failureOf(error);
    if (messages.length === 0) return exitCode;
    if (terminal.argv.includes('--json')) {
      terminal.err(JSON.stringify({ errors: messages.map((message) => ({ message })) }));
    } else {
      for (const message of messages) terminal.err(`error: ${message}`);
    }
    return exitCode;
  }
}
