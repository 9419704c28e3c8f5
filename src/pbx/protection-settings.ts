import type { SettingSpec } from './contract.ts';

/**
 * How much of us a PBX must bear: settings that every driver has. The defaults suit an office's Asterisk with the common
 * limit of 1024 open files, of which one call in progress holds about fifteen.
 */
export const PROTECTION_SETTINGS = [
  {
    name: 'originates_per_second',
    label: 'Originates per second',
    help: 'At most so many calls are begun in one second; what is over it waits.',
    type: 'number',
    default: 10,
    min: 0.1,
    max: 100_000,
  },
  {
    name: 'calls_in_progress',
    label: 'Calls in progress',
    help: 'At most so many calls of ours live on the PBX at once, talking included where the PBX tells when a call ends; what is over it waits.',
    type: 'integer',
    default: 40,
    min: 1,
    max: 100_000,
  },
  {
    name: 'wait_ms',
    label: 'Wait, in milliseconds',
    help: 'So long a click waits when one of the two bounds is reached; after that it fails and says so.',
    type: 'integer',
    default: 2_000,
    min: 0,
    max: 30_000,
  },
] as const satisfies readonly SettingSpec[];
