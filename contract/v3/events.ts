import { Type } from 'typebox';
import { EVENT_TYPES } from '../call-words.ts';
import { CallEvent } from './event.ts';
import type { Operation } from './operation.ts';

const After = Type.Optional(
  Type.Integer({ minimum: 0, maximum: 1e15, description: 'The id after which to begin; 0: with the first' }),
);

const LAST_EVENT_ID = {
  'Last-Event-ID': {
    says: 'The id of the last event that you have: the stream goes on behind it. It counts for more than `after`. A browser sends it by itself.',
    schema: Type.String({ pattern: '^\\d{1,15}$' }),
  },
};

const STREAM = `Server-Sent Events (\`text/event-stream\`). Each has an \`id\`, its type as \`event\`, and as \`data\` one line of JSON, as it is described here. Come back with the id of the last one in \`Last-Event-ID\`, as \`EventSource\` does by itself, and you get what follows, without loss or repeat: also after a restart, and from whichever of our processes told it.

The first block has an id and no event: it says where the stream begins. A line that begins with a colon comes every 15 seconds to show that the stream lives. After an hour at most the stream ends; come back. A client that takes nothing for half a minute is let go.`;

export const STREAM_EVENTS = {
  id: 'streamEvents',
  summary: 'What all calls tell, as it happens',
  says: `${STREAM}

The ids are places in the account's feed: 1, 2, 3 … without holes, in the order in which the events were written. Without \`Last-Event-ID\` and \`after\` the stream begins with what is told from now on; with \`after=0\` with everything that is retained.`,
  headers: LAST_EVENT_ID,
  query: Type.Object(
    {
      after: After,
      type: Type.Optional(
        Type.String({
          pattern: `^(${Object.keys(EVENT_TYPES).join('|').replaceAll('.', '\\.')})(,(${Object.keys(EVENT_TYPES).join('|').replaceAll('.', '\\.')}))*$`,
          maxLength: 200,
          description: `Types with commas between them, of ${Object.keys(EVENT_TYPES).join(', ')}; all unless given`,
        }),
      ),
    },
    { additionalProperties: false },
  ),
  answers: { 200: { says: 'A stream of events.', body: CallEvent, mediaType: 'text/event-stream' } },
  errors: ['parameter_invalid', 'too_many_streams'],
} as const satisfies Operation;

export const STREAM_CALL_EVENTS = {
  id: 'streamCallEvents',
  summary: 'What one call tells, as it happens',
  says: `${STREAM}

The ids are the events' numbers: 1, 2, 3 … without holes. The stream begins with the call's first event, unless \`Last-Event-ID\` or \`after\` say otherwise, and ends with the call.`,
  headers: LAST_EVENT_ID,
  query: Type.Object({ after: After }, { additionalProperties: false }),
  answers: {
    200: { says: 'A stream of events.', body: CallEvent, mediaType: 'text/event-stream' },
    204: { says: 'The call is over, and there is nothing behind that id. `EventSource` does not come back.' },
  },
  errors: ['parameter_invalid', 'too_many_streams'],
} as const satisfies Operation;
