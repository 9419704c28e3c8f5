/** Who is logged in: a person by a session, or a program by a key. */
export interface Me {
  readonly account: { readonly id: string; readonly slug: string; readonly name: string };
  readonly user?: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly role: 'owner' | 'admin' | 'member' | 'viewer';
  };
  readonly key?: { readonly scopes: readonly string[] };
  readonly scopes?: readonly string[];
}

/** What a sign-up gives: the key is in no answer after it. */
export interface SignedUp {
  readonly user: { readonly email: string; readonly confirmed: boolean };
  readonly key: { readonly key: string } | null;
}

/** What anybody may know of this installation. */
export interface Config {
  readonly signup: 'open' | 'invitation' | 'closed';
  readonly email: boolean;
  readonly sandbox: boolean;
  readonly version: string;
}

export function scopesOf(me: Me): ReadonlySet<string> {
  return new Set(me.scopes ?? me.key?.scopes ?? []);
}
