/*
 * A receiver of webhooks that takes everything at once, and says how much that was.
 */
import { createServer } from 'node:http';
import { doJobs } from '../kit/jobs.ts';

export interface ReceiverState {
  readonly url: string;
  readonly received: number;
  /** How many of those were the last event of a call. */
  readonly ended: number;
}

let [received, ended] = [0, 0];

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => (body += text));
  request.once('end', () => {
    received += 1;
    if (body.includes('"call.ended"')) ended += 1;
    response.end();
  });
});
server.listen(0, '127.0.0.1', () =>
  doJobs<object, ReceiverState>(() => {
    const address = server.address();
    if (address === null || typeof address === 'string')
      throw new Error('The receiver does not listen on a port.');
    return Promise.resolve({ url: `http://127.0.0.1:${address.port}/`, received, ended });
  }),
);
