import type { FindName, FindValues } from './find-calls.ts';

/** What calls can be looked for by, with the index that answers it. */
export const FILTERS: readonly { readonly names: readonly FindName[]; readonly index: string }[] = [
  { names: [], index: 'call_of_tenant' },
  { names: ['before'], index: 'call_of_tenant' },
  { names: ['after', 'until', 'askedFrom', 'askedTo'], index: 'call_of_tenant' },
  { names: ['finalState'], index: 'call_over' },
  { names: ['finalState', 'before'], index: 'call_over' },
  { names: ['liveState'], index: 'call_live' },
  { names: ['liveState', 'before'], index: 'call_live' },
  { names: ['disposition'], index: 'call_disposition' },
  { names: ['disposition', 'after', 'until', 'askedFrom', 'askedTo'], index: 'call_disposition' },
  { names: ['pbxName', 'before'], index: 'call_pbx' },
  { names: ['reference'], index: 'call_reference' },
  { names: ['first', 'before'], index: 'call_first' },
  { names: ['second'], index: 'call_second' },
  { names: ['second', 'until', 'askedTo'], index: 'call_second' },
];

export function someValues(): FindValues {
  return {
    tenantId: '019b2f3e-8a51-7c3e-9f0d-2b6a4c1d8e77',
    limit: 50,
    liveState: 'connected',
    finalState: 'ended',
    disposition: 'busy',
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
