import type { PbxRecord } from '../directory/ports.ts';

/**
 * The PBXs in the box of this very process, which ring nobody's phone: what a test key may ring. They are known by where they
 * listen and not by a mark in the store, so that one that is pointed elsewhere is none of them any more.
 */
export class Box {
  readonly #places = new Set<string>();
  readonly #visitors = new Set<string>();

  /** One that listens there. */
  addPlace(host: string, port: number): void {
    this.#places.add(`${host} ${port}`);
  }

  /** One that connects to us: it is known by the PBX that it comes in as. */
  addVisitor(pbxId: string): void {
    this.#visitors.add(pbxId);
  }

  has({ id, settings }: Pick<PbxRecord, 'id' | 'settings'>): boolean {
    return this.#visitors.has(id) || this.#places.has(`${settings['host']} ${settings['port']}`);
  }
}
