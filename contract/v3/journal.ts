import { Type, type Static } from 'typebox';
import { SIDES } from '../call-words.ts';
import { orNull, Time, word } from './common.ts';

export const ENTRY_KINDS = {
  request: 'The request as it came: `url`, `method`, `data`.',
  sent: 'One message to the PBX: `raw`, and its `fields` where they are not plain lines.',
  received: 'One message from the PBX in answer: `raw`, `fields`.',
  heard: 'What the PBX told of its own accord: `raw`, `fields`.',
  event: 'What the world was told: `type`, `number`, `state`.',
  answer: 'What we answered: `outcome`, `errors`: what was `said`, and the `remedy`.',
  repeat: 'The same request came again and got the same answer: `url`, `method`, `data`.',
  hang_up: 'Somebody asked us to end the call: `url`, `method`, `data`.',
  note: 'What we did or found out by ourselves: `says`, and the `facts` that it told of the call, for `click2call replay`.',
} as const;

/** One line of a call's journal. */
export const JournalEntry = Type.Object({
  number: Type.Integer({ description: '0, 1, 2 … without holes.' }),
  at: Time,
  kind: word(
    Object.keys(ENTRY_KINDS) as (keyof typeof ENTRY_KINDS)[],
    Object.entries(ENTRY_KINDS)
      .map(([kind, says]) => `\`${kind}\`: ${says}`)
      .join(' '),
  ),
  leg: orNull(word(SIDES, 'The side that it is about, where it is about one.')),
  data: Type.Record(Type.String(), Type.Unknown(), { description: 'By its kind. Secrets are masked.' }),
});
export type JournalEntry = Static<typeof JournalEntry>;
