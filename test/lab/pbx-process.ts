import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Root } from './asterisk-root.ts';
import { run } from './command.ts';
import { keepChild, type KeptChild } from './kept-child.ts';
import { lastStartupEntry, type LabFolders } from './pbx-config.ts';

/** The process of one Asterisk, which may be ended and started again. */
export interface PbxProcess {
  pid(): number;
  /** @throws Error with the end of its log, when it is not fully booted within half a minute */
  start(): Promise<void>;
  kill(): Promise<void>;
  cli(command: string): Promise<string>;
  log(): Promise<string>;
}

/** Prepares the process of an Asterisk whose files are in the `folders` inside `folder`; starts nothing yet. */
export function pbxProcess(root: Root, folder: string, folders: LabFolders, amiPort: number): PbxProcess {
  let child: KeptChild | undefined;
  const config = join(folders.etc, 'asterisk.conf');
  const text = (name: string): Promise<string> => readFile(join(folders.log, name), 'utf8').catch(() => '');
  const pbx: PbxProcess = {
    pid: () => child?.pid ?? 0,
    async start() {
      child = await keepChild(root.asterisk, ['-f', '-C', config], {
        folder,
        output: join(folders.log, 'console'),
      });
      await untilBooted(child, pbx, amiPort);
    },
    kill: async () => child?.kill(),
    cli: (command) => run(root.asterisk, ['-C', config, '-rx', command], { timeout: 20_000 }),
    log: async () => (await text('console')) + (await text('messages')),
  };
  return pbx;
}

async function untilBooted(child: KeptChild, pbx: PbxProcess, amiPort: number): Promise<void> {
  const late = Date.now() + 30_000;
  while (!(await isBooted(pbx, amiPort))) {
    if (!child.running() || Date.now() > late) {
      const why = child.running() ? 'is not up after 30 s' : 'ended while starting';
      await child.kill();
      throw new Error(`Asterisk ${why}. The end of its log:\n${(await pbx.log()).slice(-3000)}`);
    }
    await sleep(50);
  }
}

/** Its manager interface answers, every module is loaded, and its database is filled. */
async function isBooted(pbx: PbxProcess, amiPort: number): Promise<boolean> {
  if (!(await greets(amiPort))) return false;
  try {
    await pbx.cli('core waitfullybooted');
    const [family = '', key = '', value = ''] = lastStartupEntry.split(' ');
    return (await pbx.cli(`database get ${family} ${key}`)).includes(`Value: ${value}`);
  } catch {
    return false;
  }
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (good: boolean): void => {
      socket.destroy();
      resolve(good);
    };
    socket.setTimeout(2000, () => end(false));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
    socket.once('data', (text) => end(text.toString().startsWith('Asterisk Call Manager/')));
  });
}
