/** A letter to somebody: a heading, a few sentences, and the one link that it is about. Plain text, all of it. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly says: readonly string[];
  readonly link: string;
  /** What to click on. */
  readonly linkSays: string;
}

/** Sends letters. */
export interface Post {
  /** Takes a letter, and is done: it goes out behind the answer, so that no answer's time tells whether there was one. */
  send(letter: Letter): void;
}
