import { Type, type Static } from 'typebox';
import { orNull, word } from './common.ts';
import type { Operation } from './operation.ts';
import { page } from './pages.ts';
import { Capabilities } from './pbxs.ts';

const Value = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);

const Setting = Type.Object({
  name: Type.String(),
  label: Type.String({ description: 'What to ask for, in a few words.' }),
  help: Type.String({ description: 'What it does, and what to put in.' }),
  type: word(['text', 'integer', 'number', 'boolean', 'choice'], 'What it is.'),
  required: Type.Boolean(),
  secret: Type.Boolean({ description: 'Sealed at rest, given out by nothing.' }),
  default: orNull(Value),
  choices: orNull(Type.Array(Type.String())),
  pattern: orNull(Type.String({ description: 'What the whole text must match.' })),
  min: orNull(Type.Number()),
  max: orNull(Type.Number({ description: 'Of a text: its length.' })),
});

const Preset = Type.Record(Type.String(), Type.Record(Type.String(), Value));

/** A kind of PBX, with all that a form for one needs. */
export const Driver = Type.Object({
  id: Type.String(),
  kind: Type.String({ description: '`asterisk`, `switchvox` or `other`, as the documented API has it.' }),
  label: Type.String(),
  settings: Type.Array(Setting, { description: 'In the order in which to ask for them.' }),
  presets: Type.Record(Type.String(), Preset, {
    description: 'What a choice of one setting brings along: setting, choice, values.',
  }),
  templates: Type.Array(Type.String(), {
    description: 'Ready-made values of its setting `template`, which decides about the other settings.',
  }),
  connects_to_us: Type.Boolean({
    description: 'The PBX dials out to us: adding one gives files for its administrator to paste.',
  }),
  capabilities: Capabilities,
});
export type Driver = Static<typeof Driver>;

export const DriverWithGuide = Type.Object({
  ...Driver.properties,
  guide: Type.String({ description: "Markdown for the PBX's administrator, from zero to the first call." }),
});
export type DriverWithGuide = Static<typeof DriverWithGuide>;

export const LIST_DRIVERS = {
  id: 'listDrivers',
  summary: 'List the kinds of PBX',
  answers: { 200: { says: 'All of them.', body: page(Driver, 'In the order of the documentation.') } },
} as const satisfies Operation;

export const READ_DRIVER = {
  id: 'readDriver',
  summary: 'One kind of PBX, with its guide',
  query: Type.Object(
    {
      template: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 40,
          description: 'Settings and guide of this one of its templates',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  answers: { 200: { says: 'The kind of PBX.', body: DriverWithGuide } },
  errors: ['parameter_invalid'],
} as const satisfies Operation;
