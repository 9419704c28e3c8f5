import { findNumber } from '../pbx/sandbox/numbers.ts';
import { pairs } from './terminal.ts';

/** Numbers that show something at the first try, of the many that the sandbox has. */
const TO_TRY = ['101', '102', '486', '403', '444'];
const OUTSIDE = '12125550123';

/** What a stranger needs from here: one URL that makes a call, where to see it, the console, and the way to a PBX of their own. */
export function sandboxGreeting(url: string, key: string, link: string): string {
  const numbers = TO_TRY.map((number) => [`  ${number}`, findNumber(number)?.says ?? ''] as const);
  return `Make a call: paste this into a browser.

  ${url}/c2c/v2?dial_first=101&dial_second=102&api_key=${key}

See what became of it, with the request_id of the answer:

  npx click2call show <request_id>
  ${url}/c2c/v2/status/<request_id>?api_key=${key}

The console, logged in: this link is good once, for 15 minutes
(another: npx click2call user link --account sandbox --email owner@sandbox.test).

  ${link}

The PBX is a sandbox: nobody's phone rings. More numbers for dial_first and dial_second
(all of them: src/pbx/sandbox/README.md):

${pairs([
  ...numbers,
  ['  404', 'Does not exist, as every number that is not in the list.'],
  [`  ${OUTSIDE}`, 'Outside: as dial_second only with &dial_as=201, who may dial it.'],
])}

A PBX of your own, from a second terminal:

  npx click2call account create --name "Acme"
  npx click2call key create --account acme
  npx click2call pbx guide --driver asterisk-ami
  npx click2call pbx add --account acme --name main --driver asterisk-ami \\
      --set host=pbx.example.net --set username=click2call --set secret=...
  npx click2call pbx examine --account acme --name main

Ctrl-C stops it.
`;
}
