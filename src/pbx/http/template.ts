import { Type, type Static } from 'typebox';

/**
 * A template: how one kind of PBX is asked to make a call over its own HTTP API. Declarative data; the shape of a file
 * of the operator's own and of the ready-made ones alike. Texts may hold placeholders, see `placeholder.ts`; each value
 * is encoded for the place that it stands in.
 */

/** What a leg that nobody answered may come to. */
const FAILURES = ['busy', 'declined', 'no_answer', 'unavailable', 'congestion', 'failed'] as const;

const strict = { additionalProperties: false } as const;
const Text = Type.String({ maxLength: 4_096 });
const Name = Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' });
const Texts = Type.Record(Type.String(), Text);
const Status = Type.Array(Type.Integer({ minimum: 100, maximum: 599 }), { minItems: 1, maxItems: 50 });

/** A setting of the template's own, as `SettingSpec` of the driver contract. */
const Setting = Type.Object(
  {
    name: Name,
    label: Text,
    help: Text,
    type: Type.Enum(['text', 'integer', 'number', 'boolean', 'choice']),
    required: Type.Optional(Type.Boolean()),
    secret: Type.Optional(Type.Boolean()),
    default: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
    choices: Type.Optional(Type.Array(Text, { minItems: 1, maxItems: 100 })),
    pattern: Type.Optional(Text),
    min: Type.Optional(Type.Number()),
    max: Type.Optional(Type.Number()),
  },
  strict,
);

/** A place in an answer: exactly one of `json` (a pointer, RFC 6901), `xml` (an element's local name), `header`, or text between. */
const Place = Type.Object(
  {
    json: Type.Optional(Type.String({ pattern: '^(/([^~/]|~[01])*)+$', maxLength: 256 })),
    xml: Type.Optional(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.-]*$', maxLength: 128 })),
    header: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9-]+$', maxLength: 128 })),
    after: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    before: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
  },
  strict,
);
export type Place = Static<typeof Place>;

/** What must hold at a place: `equals` this (numbers and booleans as their text), or, without it, be there at all. */
const Condition = Type.Object(
  {
    ...Place.properties,
    equals: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
    contains: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
  },
  strict,
);
export type Condition = Static<typeof Condition>;

/** All of it must hold. */
const Match = Type.Object(
  { status: Type.Optional(Status), where: Type.Optional(Type.Array(Condition, { maxItems: 10 })) },
  strict,
);
export type Match = Static<typeof Match>;

/** What an answer of the PBX means that is no success. The first rule that matches counts. */
const Refusal = Type.Object(
  {
    ...Match.properties,
    code: Type.Enum([
      'pbx_refused',
      'pbx_permission_denied',
      'pbx_login_refused',
      'extension_unknown',
      'dial_as_unknown',
      /** The PBX itself does not know what became of the order. */
      'pbx_in_doubt',
    ]),
    remedy: Type.String({ pattern: '\\.$', maxLength: 1_000 }),
    /** The PBX did not look at the order because our login had lapsed: log in anew, and give the order once more. */
    login_again: Type.Optional(Type.Boolean()),
  },
  strict,
);
export type Refusal = Static<typeof Refusal>;

const XmlTree = Type.Cyclic(
  {
    Element: Type.Object(
      {
        name: Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.:-]*$', maxLength: 128 }),
        attributes: Type.Optional(Texts),
        text: Type.Optional(Text),
        children: Type.Optional(Type.Array(Type.Ref('Element'), { maxItems: 200 })),
      },
      strict,
    ),
  },
  'Element',
);
/** XML as a tree, so that no value can be anything but a text or an attribute. */
export type XmlElement = Static<typeof XmlTree>;

/** At most one of them; the content type goes with it. */
const Body = Type.Object(
  {
    json: Type.Optional(Type.Unknown()),
    form: Type.Optional(Texts),
    xml: Type.Optional(XmlTree),
  },
  strict,
);

const Auth = Type.Object(
  {
    type: Type.Enum(['none', 'basic', 'digest', 'bearer']),
    username: Type.Optional(Text),
    password: Type.Optional(Text),
    token: Type.Optional(Text),
  },
  strict,
);
export type Auth = Static<typeof Auth>;

/** One request, and how its answer is read. */
const Step = Type.Object(
  {
    method: Type.Enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    path: Type.String({ maxLength: 1_024 }),
    query: Type.Optional(Texts),
    headers: Type.Optional(Texts),
    body: Type.Optional(Body),
    auth: Type.Optional(Auth),
    success: Match,
    /** Where the PBX says what is wrong; all that are there are put together. */
    said: Type.Optional(
      Type.Array(Type.Object({ ...Place.properties, named: Type.Optional(Text) }, strict), { maxItems: 10 }),
    ),
    refusals: Type.Optional(Type.Array(Refusal, { maxItems: 50 })),
    /** Values out of a good answer, for later placeholders `{login:name}`. */
    take: Type.Optional(Type.Record(Type.String(), Place)),
  },
  strict,
);
export type Step = Static<typeof Step>;

const NumberForm = Type.Object(
  {
    /** Each character that may stand in it. */
    characters: Type.String({ minLength: 1, maxLength: 100 }),
    max: Type.Optional(Type.Integer({ minimum: 1, maximum: 64 })),
  },
  strict,
);

/** What an answer to `status` shows of a call. The first rule that matches counts; where none does, it shows nothing new. */
const Seen = Type.Object(
  {
    ...Match.properties,
    /** ringing, answered: of the first phone. connected: both talk. Those after it: the first phone came to nothing. */
    means: Type.Enum(['ringing', 'answered', 'connected', 'ended', ...FAILURES]),
    /** The PBX's word for it, and the SIP status that the phone answered with. */
    said: Type.Optional(Place),
    sip: Type.Optional(Place),
  },
  strict,
);
export type Seen = Static<typeof Seen>;

export const TemplateSchema = Type.Object(
  {
    label: Type.String({ minLength: 1, maxLength: 80 }),
    /** The API's usual port. */
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
    /** What the PBX sends only when the first phone has been rung for a while needs more than the usual 10. */
    answer_seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 120 })),
    settings: Type.Optional(Type.Array(Setting, { maxItems: 50 })),
    numbers: Type.Optional(
      Type.Object({ first: Type.Optional(NumberForm), second: Type.Optional(NumberForm) }, strict),
    ),
    /** passed: a request carries it. first_only: calls are made as the first number. none: the PBX knows no such thing. */
    dial_as: Type.Enum(['passed', 'first_only', 'none']),
    /** A second number that can't be dialled is refused before anybody's phone rings. Absent: it is not. */
    checks_second: Type.Optional(Type.Boolean()),
    /** Values computed from others, for placeholders `{derived:name}`. */
    derived: Type.Optional(
      Type.Record(Type.String(), Type.Object({ hash: Type.Enum(['md5', 'sha256']), of: Text }, strict)),
    ),
    login: Type.Optional(
      Type.Object(
        {
          steps: Type.Array(Step, { minItems: 1, maxItems: 5 }),
          /** So long what was taken is used, unless `lasts` finds a number of seconds in the last answer. */
          lasts_seconds: Type.Integer({ minimum: 1, maximum: 86_400 }),
          lasts: Type.Optional(Place),
        },
        strict,
      ),
    ),
    /** The order itself: sent once, and never again when no answer came. */
    call: Step,
    /** Another order where a number is one of the PBX's own: has at most as many digits as the setting inside_digits. */
    inside: Type.Optional(Type.Object({ number: Type.Enum(['first', 'second']), call: Step }, strict)),
    /** Where the PBX's own id of the call stands. */
    call_id: Type.Optional(Place),
    /** Asked now and then while a call is in progress; `absent`: the PBX has no such call any more. */
    status: Type.Optional(
      Type.Object(
        { step: Step, absent: Match, states: Type.Array(Seen, { minItems: 1, maxItems: 20 }) },
        strict,
      ),
    ),
    /** Ends a call: all steps one after another. `setting`: only where that setting is true. */
    cancel: Type.Optional(
      Type.Object(
        {
          steps: Type.Array(Step, { minItems: 1, maxItems: 3 }),
          absent: Type.Optional(Match),
          setting: Type.Optional(Name),
        },
        strict,
      ),
    ),
    /** A harmless request that shows whether the login is right, where there is no login step. */
    check: Type.Optional(Step),
  },
  strict,
);
export type Template = Static<typeof TemplateSchema>;
