import { Type, type Static } from 'typebox';
import { Id, orNull, Time, word } from './common.ts';
import { BODY_ERRORS, type Operation } from './operation.ts';
import { page } from './pages.ts';

const Value = [Type.String({ maxLength: 1024 }), Type.Number(), Type.Boolean()] as const;

export const Pbx = Type.Object({
  id: Id,
  name: Type.String(),
  driver: Type.String({ description: 'One of /v3/drivers.' }),
  kind: Type.String({ description: '`asterisk`, `switchvox` or `other`, as the documented API has it.' }),
  settings: Type.Record(Type.String(), Type.Union([...Value]), {
    description: 'All settings of its driver. Of a secret one `***`: that it is set.',
  }),
  problem: orNull(
    Type.String({
      description: 'Why it can not be used as it is stored: its settings are the open ones then.',
    }),
  ),
  created_at: Time,
});
export type Pbx = Static<typeof Pbx>;

const Files = Type.Record(Type.String(), Type.String(), {
  description:
    'Of a PBX that connects to us: what its administrator pastes, by the names of the files. Shown this once, for a password of this PBX is in them.',
});
export const AddedPbx = Type.Object({ ...Pbx.properties, files: Type.Optional(Files) });

export const Finding = Type.Object({
  check: Type.String({ description: 'What was looked at: a word.' }),
  level: word(['ok', 'warning', 'error'], 'How it is.'),
  says: Type.String(),
  remedy: orNull(Type.String({ description: 'What to do, of all that is not ok.' })),
});
export const Examination = Type.Object({
  level: word(['ok', 'warning', 'error'], 'The worst of the findings.'),
  findings: Type.Array(Finding, {
    description: 'In the order in which they were found; the last one may have made more pointless.',
  }),
});
export type Finding = Static<typeof Finding>;
export type Examination = Static<typeof Examination>;

/** What a kind of PBX can tell and do: the words of `Capabilities` in `src/pbx/contract.ts`. */
export const CAPABILITIES = {
  dials_as: 'The second leg runs with the rights and identity of another extension.',
  checks_second: "A second number that can't be dialled is refused before anybody's phone rings.",
  second_leg_timeout: "The second leg's ringing has an end that the PBX itself keeps.",
  reports_end: 'The PBX tells when a call has ended.',
  reports_legs: 'It tells how each leg fares: asked, ringing, answered, ended.',
  reports_cause: 'It tells why a leg ended.',
  reports_who_hung_up: 'It tells which side hung up.',
  hangs_up: 'A call can be ended by us, in any state.',
  looks_up: 'A call can be asked for, after a lost link or a restart.',
} as const;

export const Capabilities = Type.Object(
  Object.fromEntries(
    Object.entries(CAPABILITIES).map(([name, description]) => [name, Type.Boolean({ description })]),
  ) as Record<keyof typeof CAPABILITIES, ReturnType<typeof Type.Boolean>>,
);
export type Capabilities = Static<typeof Capabilities>;

const NOTHING = { additionalProperties: false } as const;

export const LIST_PBXS = {
  id: 'listPbxs',
  summary: 'List PBXs, oldest first',
  answers: { 200: { says: "The account's PBXs, all of them.", body: page(Pbx, 'Oldest first.') } },
} as const satisfies Operation;

export const ADD_PBX = {
  id: 'addPbx',
  summary: 'Add a PBX',
  says: 'Takes the settings of its driver, as /v3/drivers has them. Secrets are sealed and never given out. Nothing is asked of the PBX; try it with `examine`.',
  body: Type.Object(
    {
      name: Type.String({
        minLength: 1,
        maxLength: 40,
        description: 'What calls ask for it by: letters, digits, blanks, dots and hyphens',
      }),
      driver: Type.String({ minLength: 1, maxLength: 40, description: 'One of /v3/drivers' }),
      settings: Type.Record(Type.String(), Type.Union([...Value]), { description: 'By their names' }),
    },
    NOTHING,
  ),
  answers: {
    201: { says: 'The PBX.', body: AddedPbx, headers: { Location: 'Where it is.' } },
  },
  errors: [...BODY_ERRORS, 'name_taken'],
} as const satisfies Operation;

export const READ_PBX = {
  id: 'readPbx',
  summary: 'One PBX',
  answers: { 200: { says: 'The PBX.', body: Pbx } },
} as const satisfies Operation;

export const CHANGE_PBX = {
  id: 'changePbx',
  summary: "Change a PBX's settings",
  says: 'Changes the settings that are given, and leaves the others. Null makes one what it is by itself; `***` leaves a secret as it is. Calls in progress are seen to their end with the settings of before.',
  body: Type.Object(
    {
      settings: Type.Record(Type.String(), Type.Union([...Value, Type.Null()]), {
        description: 'Those to change, by their names',
      }),
    },
    NOTHING,
  ),
  answers: { 200: { says: 'The PBX as it is now.', body: Pbx } },
  errors: [...BODY_ERRORS, 'pbx_settings'],
} as const satisfies Operation;

export const REMOVE_PBX = {
  id: 'removePbx',
  summary: 'Remove a PBX',
  says: 'Its calls stay in the list. What becomes of one that is in progress is not known any more.',
  answers: { 204: { says: 'It is gone.' } },
} as const satisfies Operation;

export const EXAMINE_PBX = {
  id: 'examinePbx',
  summary: 'Say what is right with a PBX and what is not',
  says: 'Logs in and looks, and rings nobody. It may take some seconds: with `Accept: application/x-ndjson` each finding comes as soon as it is found, a line of JSON each.',
  body: Type.Object(
    {
      extension: Type.Optional(
        Type.String({ minLength: 1, maxLength: 40, description: 'An extension to look at too' }),
      ),
    },
    NOTHING,
  ),
  answers: { 200: { says: 'What was found.', body: Examination } },
  errors: [...BODY_ERRORS, 'pbx_settings'],
} as const satisfies Operation;

export const READ_CAPABILITIES = {
  id: 'readCapabilities',
  summary: 'What a PBX can tell and do',
  answers: { 200: { says: 'By its kind and its settings.', body: Capabilities } },
} as const satisfies Operation;
