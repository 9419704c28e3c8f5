/** Makes a request that is sent again, after a lost answer, the same one. */
export function newRequestKey(): string {
  return crypto.randomUUID();
}
