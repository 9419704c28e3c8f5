/** What the sandbox itself saw of a call: a witness that did not hear it from the service under test. */
export interface SeenCall<Cause> {
  readonly first: string;
  /** The number that the first channel dials after its answer; '' where it dials none. */
  readonly second: string;
  /** What the second phone shows, or would show, as `"Name" <number>`. */
  readonly callerId: string;
  /** The context that the second number is dialled in. */
  readonly context: string;
  /** The first channel's. */
  readonly variables: Readonly<Record<string, string>>;
  readonly state: 'queued' | 'ringing_first' | 'ringing_second' | 'connected' | 'ended';
  /** What the first channel ended with; undefined while it lives, and where there never was one. */
  readonly cause: Cause | undefined;
  /** How often each phone began to ring. */
  readonly rang: { readonly first: number; readonly second: number };
}

/** The same while it is being written. */
export type Noted<Call extends SeenCall<unknown>> = {
  -readonly [K in keyof Omit<Call, 'rang'>]: Call[K];
} & { rang: { first: number; second: number } };
