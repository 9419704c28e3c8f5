import { createTransport, type Transporter } from 'nodemailer';
import { backoffMs } from '../kit/backoff.ts';
import type { Logger } from '../kit/logger.ts';
import type { Letter, Post } from '../people/post.ts';
import { letterHtml, letterText } from './letter-text.ts';
import { smtpOptions } from './smtp-options.ts';

/** Letters that wait or are on their way. One more is not taken: whoever waits for it asks again. */
const LETTERS_MAX = 500;
const ATTEMPTS = 5;
const FIRST_GAP_MS = 2_000;
const MOST_GAP_MS = 60_000;

/**
 * Sends letters through the operator's mail server, each in its own time behind the answers. One that the server can't take
 * now is tried again; one that it refuses, or that is under way when the process ends, is lost, and its link can be asked for
 * again. Neither addresses nor links are logged.
 */
export class SmtpPost implements Post {
  readonly #transport: Transporter;
  readonly #from: string;
  readonly #log: Logger;
  readonly #sending = new Set<Promise<void>>();
  readonly #waiting = new Set<NodeJS.Timeout>();
  #isClosed = false;

  constructor(url: string, from: string, log: Logger) {
    this.#transport = createTransport(smtpOptions(url));
    this.#from = from;
    this.#log = log;
  }

  send(letter: Letter): void {
    if (this.#isClosed) return;
    if (this.#sending.size + this.#waiting.size >= LETTERS_MAX)
      return this.#log.error(
        { letters: LETTERS_MAX },
        'Too many letters wait for the mail server; one was not taken.',
      );
    this.#try(letter, 0);
  }

  /** Lets those that are being sent go out, and gives the others up. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#waiting) clearTimeout(timer);
    await Promise.all(this.#sending);
    this.#transport.close();
  }

  #try(letter: Letter, attempt: number): void {
    const sending = this.#deliver(letter).catch((error: unknown) => this.#failed(letter, attempt, error));
    this.#sending.add(sending);
    void sending.finally(() => this.#sending.delete(sending));
  }

  async #deliver(letter: Letter): Promise<void> {
    const { to, subject } = letter;
    const body = { text: letterText(letter), html: letterHtml(letter) };
    await this.#transport.sendMail({ from: this.#from, to, subject, ...body });
  }

  #failed(letter: Letter, attempt: number, error: unknown): void {
    const said = saidBy(error);
    if (attempt + 1 >= ATTEMPTS || said.isFinal || this.#isClosed)
      return this.#log.error({ smtp: said.code, attempts: attempt + 1 }, 'A letter could not be sent.');
    this.#log.warn({ smtp: said.code }, 'The mail server did not take a letter; it is tried again.');
    const timer = setTimeout(
      () => {
        this.#waiting.delete(timer);
        this.#try(letter, attempt + 1);
      },
      backoffMs(attempt, FIRST_GAP_MS, MOST_GAP_MS),
    ).unref();
    this.#waiting.add(timer);
  }
}

/** The server's code (RFC 5321, 4.2.1: 5xx is for good), or the library's word. Its text repeats the address: it is left out. */
function saidBy(error: unknown): { readonly code: string; readonly isFinal: boolean } {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  if (typeof responseCode === 'number') return { code: String(responseCode), isFinal: responseCode >= 500 };
  return { code: typeof code === 'string' ? code : 'unknown', isFinal: false };
}
