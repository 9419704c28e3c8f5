/** Which PBX in the box to start. */
export interface SandboxJob {
  readonly dialect: 'switchvox' | 'freeswitch' | 'jambonz';
  /** A factor on every delay; so small that calls are over at once, unless it is given. */
  readonly pace?: number;
  /** PEM; with it the PBX speaks TLS. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
}

/** Found in no order, so that nothing of one is masked for it. */
export const SANDBOX_SECRET = 'bench-4711-secret';
