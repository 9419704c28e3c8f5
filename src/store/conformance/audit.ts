import { describe, expect, it } from 'vitest';
import { INSTALLATION } from '../../audit/act.ts';
import { verifyLog } from '../../audit/verify.ts';
import type { Bench } from './describe-store.ts';
import { act, key, newTenant, NOON, pbx, tenant } from './samples.ts';

const nobody = () => undefined;

export function describeAudit({ stores, open }: Bench): void {
  describe('audit', () => {
    it('has each act as it was given, after the one before it in its log', async () => {
      const { store, other } = stores();
      const { id: log, ...rest } = tenant();
      const by = { kind: 'command_line', name: 'ann "\0' } as const;
      const detail = { label: 'CRM\0', nested: [1, null, 'é'] };
      await store.directory.addTenant({ id: log, ...rest }, [
        act({ log, action: 'account.create', subject: log }),
        act({ log: INSTALLATION, action: 'account.create', subject: log }),
      ]);
      await other.keys.addKey(
        key(log),
        act({ log, by, action: 'key.create', subject: 'k', detail, atMicros: NOON + 1 }),
      );
      const [newest, first, ...more] = await store.audit.newest(10, log);
      expect(more).toEqual([]);
      expect(first).toMatchObject({ log, position: 1, action: 'account.create', subject: log, previous: '' });
      expect(newest).toMatchObject({
        log,
        position: 2,
        atMicros: NOON + 1,
        actorKind: 'command_line',
        action: 'key.create',
        detail: JSON.stringify(detail),
        previous: first?.hash,
      });
      expect(await store.audit.entriesAfter(log, 1, 10)).toEqual([newest]);
      expect(await store.audit.head(log)).toEqual({ position: 2, hash: newest?.hash });
      expect(await store.audit.logs()).toEqual(expect.arrayContaining([log, INSTALLATION]));
      expect((await store.audit.newest(1))[0]?.atMicros).toBeGreaterThanOrEqual(NOON);
      expect(await verifyLog(store.audit, log, nobody)).toEqual({
        position: 2,
        hash: newest?.hash,
        breaks: [],
      });
    });

    it('has nothing of what changed nothing', async () => {
      const { store } = stores();
      const log = await newTenant(store);
      const mine = act({ log });
      const added = pbx(log);
      await store.directory.addPbx(added, mine);
      await expect(store.directory.addPbx(pbx(log), mine)).rejects.toThrow(/already/);
      await expect(store.directory.changePbx('nothing', added, mine)).rejects.toThrow(/no PBX/);
      await store.directory.removePbx(log, 'nothing', mine);
      await store.keys.revokeKey(log, 'nothing', mine);
      const twice = key(log);
      await store.keys.addKey(twice, mine);
      await expect(store.keys.addKey(key(log, { hash: twice.hash }), mine)).rejects.toMatchObject({
        fault: 'rejected',
      });
      expect(await store.audit.newest(10, log)).toHaveLength(2);
    });

    it('is one chain, whatever processes write to it at once', async () => {
      const { store, other } = stores();
      const log = await newTenant(store);
      const third = await open();
      const adding = [store, other, third].flatMap(({ keys }, process) =>
        Array.from({ length: 30 }, (_, index) =>
          keys.addKey(key(log), act({ log, action: 'key.create', subject: `${process} ${index}` })),
        ),
      );
      await Promise.all(adding);
      const subjects = new Set<string>();
      const verified = await verifyLog(store.audit, log, ({ subject }) => subjects.add(subject));
      expect(verified).toMatchObject({ position: 90, breaks: [] });
      expect(subjects.size).toBe(90);
    });
  });
}
