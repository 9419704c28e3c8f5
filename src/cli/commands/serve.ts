import { mkdir } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Parts, Server } from '../../app.ts';
import { readConfig } from '../../config/config.ts';
import type { SandboxAccount } from '../../sandbox-account.ts';
import { explainStart } from '../explain-start.ts';
import { examples } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface Options {
  readonly sandbox?: boolean;
}

export function addServe(parent: Command, terminal: Terminal): void {
  parent
    .command('serve')
    .description('Answer HTTP requests until SIGINT or SIGTERM; those under way are answered before the end.')
    .option(
      '--sandbox',
      'with a PBX in the box and an account that owns it: make a call before you have a PBX',
    )
    .addHelpText('after', examples('serve', 'serve --sandbox', 'config'))
    .action((options: Options) => serve(terminal, options));
}

async function serve(terminal: Terminal, { sandbox }: Options): Promise<void> {
  const config = readConfig(terminal.env);
  const stop = terminal.stopRequested();
  const { openParts, startServer } = await import('../../app.ts');
  const parts = await openParts(config);
  let server: Server | undefined;
  let box: SandboxAccount | undefined;
  try {
    server = await startServer(parts).catch((error: unknown) => {
      throw explainStart(error, config);
    });
    const { urls, publicUrl } = server;
    parts.log.info({ urls, public_url: publicUrl, server_id: config.serverId }, 'Listening.');
    // After the port is ours: a second server that finds it taken must not lead the first one's sandbox astray.
    if (sandbox === true) box = await openSandbox(parts, server);
    terminal.out(await greeting(server, box));
    parts.log.info({ signal: await stop }, 'Stopping: what is under way is answered.');
  } finally {
    // The sandbox last: calls under way need its answers.
    await server?.close();
    await parts.close();
    await box?.close();
  }
  parts.log.info({}, 'Stopped.');
}

async function openSandbox(parts: Parts, server: Server): Promise<SandboxAccount> {
  const { startSandboxAccount } = await import('../../sandbox-account.ts');
  // Nothing else may have made it: PostgreSQL and a master key from the environment need no folder.
  await mkdir(parts.config.dataDir, { recursive: true, mode: 0o700 });
  return startSandboxAccount(parts, server);
}

async function greeting(server: Server, box: SandboxAccount | undefined): Promise<string> {
  const listening = `Click-2-Call listens on ${server.urls.join(' and ')}`;
  if (box === undefined) return listening;
  const { sandboxGreeting } = await import('../sandbox-greeting.ts');
  return `${listening}\n\n${sandboxGreeting(server.publicUrl, box.key, box.link)}`;
}
