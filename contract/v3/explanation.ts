import { Type, type Static } from 'typebox';
import { ERROR_CODES } from '../error-codes.ts';
import { Id, orNull, Time, word } from './common.ts';
import { OUTSIDE_TYPES } from './policy.ts';

const ReadAs = Type.Object(
  {
    type: word(
      ['extension', 'emergency', ...OUTSIDE_TYPES],
      'What it is: an extension, a number for emergencies, or what the numbering plan of its country says.',
    ),
    e164: orNull(Type.String({ description: 'With the code of its country; null for an extension.' })),
    country: orNull(Type.String({ description: 'Two letters of ISO 3166.' })),
  },
  { description: 'What the number is, as the dial policy reads it; null where nothing is dialled.' },
);

const Decision = Type.Object(
  {
    allowed: Type.Boolean(),
    rule: orNull(
      Type.String({ description: 'The rule of the policy that decided; null where none speaks of it.' }),
    ),
    detail: Type.String({ description: 'Why, in words.' }),
  },
  { description: 'What the dial policy says of it.' },
);

const Reading = Type.Object(
  {
    typed: Type.String({ description: 'As it was given.' }),
    dialled: orNull(
      Type.String({ description: 'What the PBX would dial; null where it can not be dialled.' }),
    ),
    read_as: orNull(ReadAs),
    policy: orNull(Decision),
  },
  { description: 'How a number is read.' },
);

const Reason = Type.Object({
  code: Type.Enum(Object.keys(ERROR_CODES)),
  field: orNull(Type.String()),
  detail: Type.String(),
  pbx_message: orNull(Type.String({ description: "The PBX's own words, unaltered." })),
  remedy: orNull(Type.String()),
});

export const VERDICTS = ['ready', 'refused', 'failed', 'untold'] as const;
export const PBX_REASONS = ['id', 'name', 'kind', 'default'] as const;
export const PHONE_STATES = ['registered', 'in_use', 'unregistered', 'no_such_phone', 'unknown'] as const;

/** What would become of a request for a call. */
export const Explanation = Type.Object({
  verdict: word(
    VERDICTS,
    '`ready`: nothing speaks against it. `refused`: we would refuse it and ask no PBX. `failed`: the PBX would not take the order, or could not be asked. `untold`: the request is good, and this kind of PBX can not be asked what it would make of it.',
  ),
  reasons: Type.Array(Reason, { description: 'What speaks against it, or why it is not known.' }),
  dial_first: orNull(Reading),
  dial_second: orNull(Reading),
  dial_as: orNull(Reading),
  timeout: orNull(Type.Integer({ description: 'Seconds that each phone would ring.' })),
  pbx: orNull(
    Type.Object({
      id: Id,
      name: Type.String(),
      driver: Type.String(),
      kind: Type.String(),
      because: word(
        PBX_REASONS,
        'Why this one: it was asked for by its id or its name, it is the first of the kind that was asked for, or nothing was asked for and it is the first Asterisk.',
      ),
    }),
  ),
  rights: orNull(
    Type.Object({
      dial_as: orNull(Type.String({ description: 'The extension whose rights the second leg would use.' })),
      context: orNull(Type.String({ description: 'What they are on this PBX.' })),
    }),
  ),
  first_shows: orNull(Type.String({ description: 'What the first phone would show.' })),
  second_shows: orNull(Type.String({ description: 'What the second phone would show as the caller.' })),
  first_phone: orNull(word(PHONE_STATES, 'Whether the first phone can be rung.')),
  second_exists: orNull(
    Type.Boolean({ description: 'Whether the second number can be dialled with these rights.' }),
  ),
  order: orNull(Type.String({ description: 'The very order that would be sent, secrets masked.' })),
  exchange: Type.Array(
    Type.Object({ direction: word(['sent', 'received'], 'By us.'), at: Time, raw: Type.String() }),
    { description: 'What was asked of the PBX to find this out.' },
  ),
});
export type Explanation = Static<typeof Explanation>;
