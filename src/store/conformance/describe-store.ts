import { afterAll, beforeAll, describe } from 'vitest';
import { openStore } from '../open-store.ts';
import type { Store } from '../open-store.ts';
import { describeAudit } from './audit.ts';
import { describeBreaker } from './breaker.ts';
import { describeCalls } from './calls.ts';
import { describeClickGuard } from './click-guard.ts';
import { describeClosing } from './closing.ts';
import { describeCrash } from './crash.ts';
import { describeEvents } from './events.ts';
import { describeDirectory } from './directory.ts';
import { describeFinding } from './finding.ts';
import { describeKeys } from './keys.ts';
import { describePeople } from './people.ts';
import { describeLinks } from './links.ts';
import { describeSeals } from './seals.ts';
import { describeUsage } from './usage.ts';
import { describeWebhooks } from './webhooks.ts';
import { describeText } from './text.ts';

/** An empty database of the engine under test. */
export interface TestDatabase {
  readonly url: string;
  remove(): Promise<void> | void;
}

/** What the parts of the suite work with. */
export interface Bench {
  readonly url: () => string;
  /** Two stores on the same database, as two processes would have; open through the suite, not to be closed. */
  readonly stores: () => { readonly store: Store; readonly other: Store };
  /** One more of them, to be closed by the test. */
  readonly open: () => Promise<Store>;
  /** One more database, an empty one; removed after the suite. */
  readonly create: () => Promise<TestDatabase>;
}

/** The contract of a store, sentence by sentence of its ports. Every engine passes it whole. */
export function describeStore(name: string, createDatabase: () => Promise<TestDatabase>): void {
  // oxlint-disable-next-line vitest/valid-title -- the engine's name
  describe(name, () => {
    const databases: TestDatabase[] = [];
    const opened: Store[] = [];
    const create = async () => {
      const database = await createDatabase();
      databases.push(database);
      return database;
    };
    const url = () => given(databases[0]).url;
    const open = async () => {
      const store = await openStore({ url: url() });
      opened.push(store);
      return store;
    };
    const stores = () => ({ store: given(opened[0]), other: given(opened[1]) });
    beforeAll(async () => {
      await create();
      await open();
      await open();
    });
    afterAll(async () => {
      for (const store of opened) await store.close();
      for (const database of databases) await database.remove();
    });
    const bench = { url, stores, open, create };
    describeDirectory(bench);
    describeKeys(bench);
    describeLinks(bench);
    describeCalls(bench);
    describeEvents(bench);
    describeFinding(bench);
    describeUsage(bench);
    describeWebhooks(bench);
    describeClickGuard(bench);
    describeSeals(bench);
    describePeople(bench);
    describeAudit(bench);
    describeBreaker(bench);
    describeText(bench);
    describeClosing(bench);
    describeCrash(bench);
  });
}

function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The suite makes it before its tests run.');
  return value;
}
