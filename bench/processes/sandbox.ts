/*
 * A PBX in the box, in a process of its own, so fast that its calls are over at once unless it is told otherwise.
 */
import { doJobs } from '../kit/jobs.ts';
import { SANDBOX_SECRET, type SandboxJob } from '../kit/sandbox-job.ts';
import { startFreeswitchSandbox } from '../../src/pbx/sandbox/freeswitch/freeswitch-sandbox.ts';
import { startHttpSandbox } from '../../src/pbx/sandbox/http/http-sandbox.ts';
import { startSwitchvoxSandbox } from '../../src/pbx/sandbox/switchvox/switchvox-sandbox.ts';

const PACE = 0.001;

doJobs(async (job: SandboxJob): Promise<{ readonly port: number }> => {
  const { port } = await start(job);
  return { port };
});

function start({ dialect, tls, pace = PACE }: SandboxJob): Promise<{ readonly port: number }> {
  const options = { pace, ...(tls !== undefined && { tls }) };
  switch (dialect) {
    case 'switchvox':
      return startSwitchvoxSandbox({ ...options, password: SANDBOX_SECRET });
    case 'freeswitch':
      return startFreeswitchSandbox({ ...options, password: SANDBOX_SECRET });
    case 'jambonz':
      return startHttpSandbox({ ...options, template: dialect, secret: SANDBOX_SECRET });
  }
}
