import type { Explanation } from '../../contract/v3/explanation.ts';
import { rfc3339 } from '../kit/clock.ts';
import type { AnswerError } from '../switchboard/answer.ts';
import type { Explained, Reading } from '../switchboard/explain-call.ts';

/** What a call would do, as both APIs say it. */
export function presentExplanation({
  verdict,
  errors,
  readings,
  timeoutSeconds,
  pbx,
  told,
}: Explained): Explanation {
  return {
    verdict,
    reasons: errors.map(presentReason),
    dial_first: presentReading(readings.dial_first),
    dial_second: presentReading(readings.dial_second),
    dial_as: presentReading(readings.dial_as),
    timeout: timeoutSeconds ?? null,
    pbx:
      pbx === undefined
        ? null
        : { id: pbx.id, name: pbx.name, driver: pbx.driver, kind: pbx.kind, because: pbx.because },
    rights:
      told?.dialAs === undefined && told?.rights === undefined
        ? null
        : { dial_as: told.dialAs ?? null, context: told.rights ?? null },
    first_shows: told?.firstShows ?? null,
    second_shows: told?.secondShows ?? null,
    first_phone: told?.firstPhone ?? null,
    second_exists: told?.secondExists ?? null,
    order: told?.order ?? null,
    exchange: (told?.exchange ?? []).map(({ direction, atMicros, raw }) => ({
      direction,
      at: rfc3339(atMicros),
      raw,
    })),
  };
}

function presentReading(reading: Reading | undefined): Explanation['dial_first'] {
  if (reading === undefined) return null;
  const { typed, judged } = reading;
  return {
    typed,
    dialled: reading.ok ? reading.dial : null,
    read_as: judged === undefined ? null : { ...judged.readAs },
    policy:
      judged === undefined
        ? null
        : { allowed: judged.isAllowed, rule: judged.rule ?? null, detail: judged.because },
  };
}

function presentReason({ code, field, message, pbxMessage, remedy }: AnswerError): Explanation['reasons'][0] {
  return {
    code,
    field: field ?? null,
    detail: message,
    pbx_message: pbxMessage ?? null,
    remedy: remedy ?? null,
  };
}
