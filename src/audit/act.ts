/** Who did something: the product by itself, somebody at the command line, or the holder of a key. */
export interface Actor {
  readonly kind: 'system' | 'command_line' | 'key';
  /** The name of the machine's user, or the key's id; empty for the product itself. */
  readonly name: string;
}

export const SYSTEM: Actor = { kind: 'system', name: '' };

/** The log of what concerns no account alone. Every account has a log of its own, called by its id. */
export const INSTALLATION = 'installation';

/** Something that was done to what exists. No secret may stand in it. */
export interface Act {
  /** `INSTALLATION`, or an account's id. */
  readonly log: string;
  readonly atMicros: number;
  readonly by: Actor;
  readonly action:
    | 'account.create'
    | 'pbx.add'
    | 'pbx.change'
    | 'pbx.remove'
    | 'policy.set'
    | 'key.create'
    | 'key.rotate'
    | 'key.revoke'
    | 'link.create'
    | 'link.revoke'
    | 'webhook.add'
    | 'webhook.change'
    | 'webhook.rotate'
    | 'webhook.pause'
    | 'webhook.resume'
    | 'webhook.remove'
    | 'master_key.use';
  /** The id of what it was done to. */
  readonly subject: string;
  /** What is worth knowing of it later, when it may be gone. */
  readonly detail: Readonly<Record<string, unknown>>;
}
