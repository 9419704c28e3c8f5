import type { FindName, FindValues } from './find-calls.ts';

interface Filter {
  readonly names: readonly FindName[];
  /** The one that answers it. */
  readonly index: string;
  /** Nothing is asked beside what the index is of. */
  readonly isPlain: boolean;
}

function plain(index: string, ...names: readonly FindName[]): Filter {
  return { names, index, isPlain: true };
}

function together(index: string, ...names: readonly FindName[]): Filter {
  return { names, index, isPlain: false };
}

/** What calls can be looked for by. */
export const FILTERS: readonly Filter[] = [
  plain('call_of_tenant'),
  plain('call_of_tenant', 'before'),
  plain('call_over', 'finalState'),
  plain('call_over', 'finalState', 'before'),
  plain('call_live', 'liveState'),
  plain('call_live', 'liveState', 'before'),
  plain('call_disposition', 'disposition'),
  plain('call_key', 'keyId', 'before'),
  plain('call_pbx', 'pbxName', 'before'),
  plain('call_reference', 'reference'),
  plain('call_first', 'first', 'before'),
  plain('call_second', 'second'),
  together('call_of_tenant', 'after', 'until', 'askedFrom', 'askedTo'),
  together('call_disposition', 'disposition', 'after', 'until', 'askedFrom', 'askedTo'),
  together('call_second', 'second', 'until', 'askedTo'),
  together('call_first', 'disposition', 'first', 'pbxName', 'finalState'),
  together('call_disposition', 'disposition', 'pbxName', 'before'),
  together('call_key', 'keyId', 'finalState', 'until', 'askedTo'),
];

export function someValues(): FindValues {
  return {
    tenantId: '019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e77',
    limit: 50,
    liveState: 'connected',
    finalState: 'ended',
    disposition: 'busy',
    keyId: '019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e78',
    pbxName: 'main',
    reference: 'order 7',
    first: '101',
    second: '102',
    before: '019b2f3e-8a51',
    after: '019b2f3e-8a50',
    until: '019b2f3e-8a52',
    askedFrom: 1_795_435_200_123_457,
    askedTo: 1_795_435_201_123_457,
  };
}
