import type { ServerResponse } from 'node:http';
import type { Finding } from '../../../pbx/contract.ts';
import { asProblem } from '../problem-of-pbx.ts';
import type { Answer } from '../route.ts';

/** Each finding as a line of JSON, as soon as it is found. What is wrong before the first is a problem like any other. @throws Problem */
export async function streamFindings(
  found: AsyncGenerator<Finding>,
  present: (finding: Finding) => unknown,
): Promise<Answer> {
  const first = await found.next().catch(asProblem());
  return {
    status: 200,
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'x-accel-buffering': 'no' },
    stream: (response) => {
      write(first, found, present, response).catch((error: unknown) => {
        // The lines that went out are good, and a connection that breaks says that they are not all.
        response.destroy(error instanceof Error ? error : undefined);
      });
    },
  };
}

async function write(
  first: IteratorResult<Finding>,
  found: AsyncGenerator<Finding>,
  present: (finding: Finding) => unknown,
  response: ServerResponse,
): Promise<void> {
  for (let each = first; each.done !== true; each = await found.next()) {
    // Whoever has gone wants no more of it, and the session is given back.
    if (response.destroyed) return void (await found.return(undefined));
    response.write(`${JSON.stringify(present(each.value))}\n`);
  }
  response.end();
}
