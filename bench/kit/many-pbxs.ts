import { createKey } from '../../src/access/keys.ts';
import { openParts } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { amiPbx, gatewayEnv, STUB_USER } from './account.ts';
import { clickPath } from './clicks.ts';
import { getRequest, type CutText } from './load.ts';

interface Size {
  readonly accounts: number;
  readonly pbxsOfEach: number;
}

/** The database of a gateway with many PBXs, all at one port; gives a click on each, account by account. */
export async function makeManyPbxs(dataDir: string, port: number, size: Size): Promise<CutText[]> {
  const parts = await openParts(readConfig({ ...gatewayEnv(dataDir), C2C_LOG_LEVEL: 'warn' }));
  try {
    const clicks: CutText[] = [];
    for (let account = 1; account <= size.accounts; account += 1) {
      const { id } = await parts.directory.createAccount(`Bench ${account}`);
      const pbxs = Array.from({ length: size.pbxsOfEach }, (_, at) => amiPbx(`pbx-${at}`, port, STUB_USER));
      await Promise.all(
        pbxs.map(({ name, driver, settings }) => parts.directory.addPbx(id, name, driver, settings)),
      );
      const { key } = await createKey(parts.store.keys, parts.clock, id, 'bench');
      clicks.push(...pbxs.map(({ name }) => getRequest(clickPath(key, name))));
    }
    return clicks;
  } finally {
    await parts.close();
  }
}
