import type { Agent, Dispatcher } from 'undici';

/** An answer as it came: names of headers in lower case, a repeated one joined by a comma. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How much of an answer is taken. */
interface BodyBound {
  readonly bytes: number;
  /** What comes of a longer one: nothing but an error, or its beginning. */
  readonly longer: 'fails' | 'is_cut';
}

const BODY: BodyBound = { bytes: 1024 * 1024, longer: 'fails' };

/**
 * One request and its answer, bounded in time and size, following no redirect. On undici's own handler: `request` with its
 * signal and its stream takes three times as much of the processor.
 * @param begin called when the first byte is about to go: until then the request can not have arrived
 * @throws whatever ended it; at the end of the time at once, also where the request waits for its turn
 */
export function exchange(
  agent: Agent,
  request: Dispatcher.DispatchOptions,
  withinMs: number,
  begin: () => void,
  bound: BodyBound = BODY,
): Promise<PlainAnswer> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let overdue: Error | undefined;
    let status = 0;
    let headers: Record<string, string> = {};
    const chunks: Buffer[] = [];
    let bytes = 0;
    const timer = setTimeout(() => {
      overdue = new Error(`No answer within ${withinMs / 1000} s`);
      reject(overdue);
      controller?.abort(overdue);
    }, Math.ceil(withinMs));
    const finish = () => {
      clearTimeout(timer);
      resolve({ status, headers, body: Buffer.concat(chunks).toString('utf8') });
    };
    agent.dispatch(request, {
      onRequestStart(started) {
        // What is overdue before its turn is called off at its turn, before its first byte.
        if (overdue !== undefined) return started.abort(overdue);
        controller = started;
        begin();
      },
      onResponseStart(_controller, code, fields) {
        status = code;
        headers = flat(fields);
      },
      onResponseData(started, chunk) {
        bytes += chunk.length;
        if (bytes <= bound.bytes) return void chunks.push(chunk);
        if (bound.longer === 'is_cut') {
          chunks.push(chunk.subarray(0, chunk.length - (bytes - bound.bytes)));
          finish();
        }
        started.abort(new Error(`The answer is over ${bound.bytes} bytes`));
      },
      onResponseEnd: finish,
      onResponseError(_controller, error) {
        clearTimeout(timer);
        reject(error);
      },
    });
  });
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}
