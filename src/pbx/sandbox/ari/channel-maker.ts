import type { Clock } from '../../../kit/clock.ts';
import { NOBODY } from '../ami/channel.ts';
import { findEndpoint } from '../endpoints.ts';
import type { AriChannel, Behind, Target } from './channel.ts';

export interface NewChannel {
  /** '': whichever is free. */
  readonly id: string;
  readonly target: Target;
  readonly app: string;
  readonly appArgs: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly isOriginated: boolean;
  /** The channel whose call it belongs to. */
  readonly originator?: string;
}

/** Makes channels with the ids and names that Asterisk gives. */
export class ChannelMaker {
  readonly #clock: Clock;
  readonly #made = { PJSIP: 0, Local: 0, ids: 0 };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** One without its variables, which no PBX knows of yet. */
  make({ id: wanted, target, app, appArgs, isOriginated, originator = '' }: NewChannel): AriChannel {
    const id = wanted === '' ? this.#newId() : wanted;
    const name = this.#newName(target);
    const isPhone = target.tech === 'PJSIP';
    return {
      id,
      name: isPhone ? name : `${name};1`,
      target,
      createdMicros: this.#clock.nowMicros(),
      app,
      appArgs,
      variables: new Map([['ORIGINATOR', originator]]),
      state: 'Down',
      inStasis: false,
      caller: NOBODY,
      connected: NOBODY,
      account: isPhone ? (findEndpoint(target.number)?.accountCode ?? '') : '',
      bridgeId: '',
      behind: isPhone ? undefined : this.#newBehind(id, name, target.number),
      phonesSaid: new Map(),
      isOriginated,
      cancels: new Set(),
      cancelAbsolute: undefined,
    };
  }

  #newBehind(id: string, name: string, number: string): Behind {
    // What is no extension leaves by the trunk.
    const endpoint = findEndpoint(number)?.id ?? 'carrier';
    const phone = this.#newName({ tech: 'PJSIP', number: endpoint, context: '' });
    return {
      far: { id: `${id};2`, name: `${name};2`, state: 'Ring' },
      phone: { id: this.#newId(), name: phone, state: 'Down' },
      dialStatus: '',
      cause: undefined,
      refusal: undefined,
      isOver: false,
    };
  }

  #newId(): string {
    return `${Math.floor(this.#clock.nowMicros() / 1_000_000)}.${this.#made.ids++}`;
  }

  #newName({ tech, number, context }: Target): string {
    const place = (this.#made[tech]++).toString(16).padStart(8, '0');
    return tech === 'PJSIP' ? `PJSIP/${number}-${place}` : `Local/${number}@${context}-${place}`;
  }
}
