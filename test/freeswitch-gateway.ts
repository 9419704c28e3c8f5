import {
  startFreeswitchSandbox,
  type FreeswitchSandbox,
  type FreeswitchSandboxOptions,
} from '../src/pbx/sandbox/freeswitch/freeswitch-sandbox.ts';
import { startGateway, type Gateway } from './gateway.ts';

export interface FreeswitchGateway extends Gateway {
  readonly pbx: FreeswitchSandbox;
}

/** The service with a FreeSWITCH in the box, ten times as fast as life: a PBX that tells everything, and hangs up. */
export async function startFreeswitchGateway(
  environment: Readonly<Record<string, string>> = {},
  options: FreeswitchSandboxOptions = {},
): Promise<FreeswitchGateway> {
  const pbx = await startFreeswitchSandbox({ password: 'canary-pbx', pace: 0.1, ...options });
  const gateway = await startGateway(environment);
  await gateway.parts.directory.addPbx(gateway.account.id, 'main', 'freeswitch', {
    host: pbx.host,
    port: pbx.port,
    password: 'canary-pbx',
    domain: pbx.domain,
    originates_per_second: '1000',
    calls_in_progress: '1000',
  });
  return {
    ...gateway,
    pbx,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await pbx.close();
    },
  };
}
