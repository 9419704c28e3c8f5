import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startPhone } from './phone.ts';
import { takePortBlock } from './port-block.ts';

it('bears repetitions, news while it talks, and a cancelling that comes too late', async () => {
  const block = await takePortBlock();
  const [port = 0] = block.phones;
  await using phone = await startPhone({ port, behaviour: 'answer', answerAfterMs: 200 });
  const pbx = createSocket('udp4').bind(0, '127.0.0.1');
  await once(pbx, 'listening');
  const answers: string[] = [];
  pbx.on('message', (message) =>
    answers.push(/^SIP\/2\.0 (\d+)[^]*\nCSeq: (.*)\r/.exec(message.toString())?.slice(1).join(' ') ?? ''),
  );
  const send = (method: string, cseq: number, times: number): void => {
    for (let count = 0; count < times; count += 1)
      pbx.send(request(pbx, port, method, cseq), port, '127.0.0.1');
  };
  const answered = async (what: string): Promise<void> => {
    await expect.poll(() => answers).toContain(what);
  };
  send('INVITE', 7, 2);
  await answered('200 7 INVITE');
  send('CANCEL', 7, 1);
  await answered('200 7 CANCEL');
  send('ACK', 7, 2);
  await sleep(100);
  send('INVITE', 8, 2);
  await answered('200 8 INVITE');
  send('ACK', 8, 2);
  send('OPTIONS', 9, 1);
  await answered('200 9 OPTIONS');
  send('BYE', 10, 2);
  const { exitCode, rang, calls } = await phone.result();
  await answered('200 10 BYE');
  expect({ exitCode, rang, updates: calls[0]?.updates.length }).toEqual({ exitCode: 0, rang: 1, updates: 1 });
  expect(calls[0]?.invite.from).toEqual({ name: 'Zoë "Z" Doe', number: '+1212' });
  pbx.close();
  block.release();
});

function request(pbx: Socket, port: number, method: string, cseq: number): string {
  const us = `127.0.0.1:${pbx.address().port}`;
  const inDialog = cseq > 7 || method === 'ACK' ? ';tag=theirs' : '';
  return [
    `${method} sip:101@127.0.0.1:${port} SIP/2.0`,
    `Via: SIP/2.0/UDP ${us};branch=z9hG4bK-${cseq}-${method === 'CANCEL' ? 'INVITE' : method}`,
    `From: "Zoë \\"Z\\" Doe" <sip:%2B1212@${us}>;tag=ours`,
    `To: <sip:101@127.0.0.1:${port}>${inDialog}`,
    `Contact: <sip:pbx@${us}>`,
    'Call-ID: repetitions',
    `CSeq: ${cseq} ${method}`,
    'Max-Forwards: 70',
    'Content-Length: 0',
    '\r\n',
  ].join('\r\n');
}
