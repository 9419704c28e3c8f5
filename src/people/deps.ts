import type { Directory, Signup } from '../directory/directory.ts';
import type { Clock } from '../kit/clock.ts';
import type { Passwords } from './passwords.ts';
import type { PeopleStore } from './ports.ts';
import type { Post } from './post.ts';

/** What everything about people works with. */
export interface PeopleDeps {
  readonly store: PeopleStore;
  readonly directory: Directory;
  readonly passwords: Passwords;
  /** Sends e-mail; undefined where this installation sends none. */
  readonly post: Post | undefined;
  readonly signup: Signup;
  readonly clock: Clock;
  /** How the world reaches this installation, without a closing slash. Asked for when a link is made. */
  readonly publicUrl: () => string;
}
