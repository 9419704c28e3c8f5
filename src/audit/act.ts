/** Who did something: the product by itself, somebody at the command line, the holder of a key, or somebody logged in. */
export interface Actor {
  readonly kind: 'system' | 'command_line' | 'key' | 'user';
  /** The name of the machine's user, the key's id, or the user's; empty for the product itself. */
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
    | 'key.freeze'
    | 'key.unfreeze'
    | 'key.revoke'
    | 'link.create'
    | 'link.revoke'
    | 'webhook.add'
    | 'webhook.change'
    | 'webhook.rotate'
    | 'webhook.pause'
    | 'webhook.resume'
    | 'webhook.remove'
    | 'user.add'
    | 'user.change'
    | 'user.confirm'
    | 'user.link'
    | 'member.change'
    | 'member.remove'
    | 'invitation.add'
    | 'invitation.remove'
    | 'session.begin'
    | 'session.end'
    | 'session.refuse'
    | 'password.ask'
    | 'password.change'
    | 'master_key.use';
  /** The id of what it was done to. */
  readonly subject: string;
  /** What is worth knowing of it later, when it may be gone. */
  readonly detail: Readonly<Record<string, unknown>>;
}
