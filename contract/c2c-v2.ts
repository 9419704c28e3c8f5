import { Type, type Static } from 'typebox';
import { ERROR_CODES } from './error-codes.ts';
import { Call } from './v3/call.ts';
import { Explanation } from './v3/explanation.ts';

/**
 * The documented API: the shapes of `/c2c/v2`. Fields that the documentation does not name are marked as ours; `call` and
 * `explanation` are ours too, in the one form that `/v3` has.
 */

/** Every parameter that a request may carry, in the query, a form or a JSON object. */
export const PARAMETERS = {
  api_key: 'The key, unless it comes in `Authorization: Bearer` or `X-Api-Key`.',
  dial_first: 'The first number to ring.',
  dial_second: 'The number that it is connected to when it answers.',
  pbx: "`asterisk` (default), `switchvox`, `other`, or the name of one of the account's PBXs.",
  timeout: 'Seconds that each leg may ring, 1 to 600. Default 30.',
  dail_as: "The extension whose rights and identity the second leg uses; the original's spelling.",
  dial_as: 'The same, spelled as it is said.',
  wait: 'Ours: `accepted` (default), `ringing`, `answered`, `connected` or `ended`: answer when the call is so far, or over, or when both phones have rung for their time.',
  explain: 'Ours: `1` says what would become of the call, and rings nobody.',
  ignore:
    'Ours: names of parameters, with commas between them, that whoever sends this adds by itself and that are none of these.',
} as const;

export type ParameterName = keyof typeof PARAMETERS;

const ErrorEntry = Type.Object({
  error: Type.Object({
    message: Type.String({ description: "The PBX's words where it spoke, then a sentence on what to do." }),
    url: Type.String({
      description:
        'Where all that is known about the request can be read, without a key. Empty where nothing is.',
    }),
    code: Type.Enum(Object.keys(ERROR_CODES), { description: 'Ours: a stable word for the error.' }),
    pbx_message: Type.Optional(Type.String({ description: "Ours: the PBX's own words, unaltered." })),
    remedy: Type.Optional(Type.String({ description: 'Ours: what to do about it.' })),
  }),
});

/** The answer to every request under `/c2c/`. */
export const CallResponse = Type.Object({
  response: Type.Object({
    request_id: Type.String({ description: 'A UUID.' }),
    status: Type.Enum(['success', 'fail'], {
      description: 'Whether the PBX took the order. Not whether anybody answered.',
    }),
    errors: Type.Array(ErrorEntry),
    repeated: Type.Optional(
      Type.Boolean({
        description:
          "Ours: the same click came twice, this is the first one's answer, and nobody was rung again.",
      }),
    ),
    notice: Type.Optional(Type.String({ description: 'Ours: the same in a sentence.' })),
    call: Type.Optional(Call),
    explanation: Type.Optional(Explanation),
  }),
  method: Type.String({ description: 'The kind of PBX and what was asked of it: `asterisk.call`.' }),
  server_id: Type.String(),
});
export type CallResponse = Static<typeof CallResponse>;

const UtcTime = Type.String({
  description: 'Unix time in whole seconds, as a string. Empty: it did not come to that.',
});

/** The answer of `GET /c2c/v2/status/{request_id}`. */
export const StatusResponse = Type.Object({
  c2c_status: Type.Object({
    request: Type.Object({
      'utc.time': UtcTime,
      request_url: Type.String(),
      http_method: Type.String(),
      request_data: Type.Unknown({ description: 'The parameters as they came, the key masked.' }),
    }),
    pbx_request: Type.Object({
      'utc.time': UtcTime,
      pbx_data: Type.Unknown({ description: 'What we sent to the PBX, secrets masked.' }),
    }),
    response: Type.Object({
      'utc.time': UtcTime,
      response_data: Type.Unknown({ description: 'What the PBX answered.' }),
    }),
    call: Call,
  }),
});
export type StatusResponse = Static<typeof StatusResponse>;
