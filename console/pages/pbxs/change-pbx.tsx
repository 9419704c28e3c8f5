import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Pbx } from '../../../contract/v3/pbxs.ts';
import { ask } from '../../api/client.ts';
import { needed } from '../../api/needed.ts';
import { driverQuery, pbxQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Panel } from '../../ui/page.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { Guide } from './guide.tsx';
import { SettingsFields } from './settings-fields.tsx';
import { changesOf, typedOf, type Setting, type Typed } from './settings-of.ts';

/** The settings of a PBX to change, with its guide beside them. */
export function ChangePbx({
  pbx,
  account,
  onChanged,
}: {
  readonly pbx: Pbx;
  readonly account: string;
  readonly onChanged: () => void;
}) {
  const template = pbx.settings['template'];
  const { data: driver } = needed(
    useQuery(
      driverQuery(pbx.driver, typeof template === 'string' && !template.includes('/') ? template : undefined),
    ),
  );
  const [typed, setTyped] = useState<Typed>();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (settings: object) => ask<Pbx>('PATCH', `/v3/pbxs/${pbx.id}`, { body: { settings } }),
    onSuccess: (changed) => {
      queries.setQueryData(pbxQuery(pbx.id).queryKey, changed);
      setTyped(undefined);
      toastDone('The settings are changed.');
      onChanged();
    },
  });
  if (driver === undefined) return <Loading />;
  const before = typedOf(driver.settings, pbx.settings);
  const now = typed ?? before;
  const changes = changesOf(driver.settings, before, now);
  return (
    <div className="connect">
      <Panel title="Its settings">
        <Form fault={change.error} onSubmit={() => change.mutate(changes)}>
          <SettingsFields
            settings={driver.settings.filter(isOpen)}
            typed={now}
            isChange
            onChange={setTyped}
          />
          <Button
            type="submit"
            look="main"
            isPending={change.isPending}
            isDisabled={Object.keys(changes).length === 0}
          >
            Save, and examine it
          </Button>
        </Form>
      </Panel>
      <Guide guide={driver.guide} name={pbx.name} typed={now} account={account} />
    </div>
  );
}

/** A template decides which settings there are: whoever wants another one adds another PBX. */
function isOpen({ name }: Setting): boolean {
  return name !== 'template';
}
