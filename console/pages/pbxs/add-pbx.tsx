import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Pbx } from '../../../contract/v3/pbxs.ts';
import { ask } from '../../api/client.ts';
import { needed } from '../../api/needed.ts';
import { driverQuery, meQuery, pbxQuery, pbxsQuery } from '../../api/queries.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Panel } from '../../ui/page.tsx';
import { Guide } from './guide.tsx';
import type { Kind } from './kinds.ts';
import { PbxFiles } from './pbx-files.tsx';
import { SettingsFields } from './settings-fields.tsx';
import { settingsOf, type Typed } from './settings-of.ts';

type Added = Pbx & { readonly files?: Readonly<Record<string, string>> };

/** The form that a kind of PBX asks for, and its guide with what was typed in it. */
export function AddPbx({ kind }: { readonly kind: Kind }) {
  const { data: driver } = needed(useQuery(driverQuery(kind.driver, kind.template)));
  const { data: me } = useQuery(meQuery);
  const { data: pbxs } = needed(useQuery(pbxsQuery));
  const [name, setName] = useState<string>();
  const [typed, setTyped] = useState<Typed>({ ...kind.settings });
  const add = useAddPbx();
  if (driver === undefined || pbxs === undefined) return <Loading />;
  const shownName = name ?? freeName(pbxs.items);
  if (add.data?.files !== undefined) return <Pasted pbx={add.data} files={add.data.files} />;
  const submit = () => {
    const settings = settingsOf(driver.settings, { ...typed, ...kind.settings });
    add.mutate({ name: shownName, driver: driver.id, settings });
  };
  return (
    <div className="connect">
      <Panel title="Its settings">
        <Form fault={add.error} onSubmit={submit}>
          <TextField
            name="name"
            label="Name"
            help="What calls ask for it by."
            value={shownName}
            onChange={setName}
            autoComplete="off"
            isRequired
          />
          <SettingsFields
            settings={driver.settings.filter((setting) => kind.settings?.[setting.name] === undefined)}
            typed={typed}
            onChange={setTyped}
          />
          <Button type="submit" look="main" isPending={add.isPending}>
            Add, and examine it
          </Button>
        </Form>
      </Panel>
      <Guide guide={driver.guide} name={shownName} typed={typed} account={me?.account.slug ?? ''} />
    </div>
  );
}

function useAddPbx() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (body: object) => ask<Added>('POST', '/v3/pbxs', { body }),
    onSuccess: async ({ files, ...pbx }) => {
      await queries.invalidateQueries({ queryKey: pbxsQuery.queryKey, exact: true });
      queries.setQueryData(pbxQuery(pbx.id).queryKey, pbx);
      // Its files are shown this once, before anything else.
      if (files === undefined)
        await navigate({ to: '/pbxs/$id', params: { id: pbx.id }, search: { examine: true } });
    },
  });
}

function Pasted({ pbx, files }: { readonly pbx: Pbx; readonly files: Readonly<Record<string, string>> }) {
  return (
    <>
      <PbxFiles files={files} />
      <div>
        <LinkButton to="/pbxs/$id" params={{ id: pbx.id }} search={{ examine: true }} look="main">
          They are pasted: examine it
        </LinkButton>
      </div>
    </>
  );
}

/** A first proposal that no PBX has yet. */
function freeName(pbxs: readonly Pbx[]): string {
  const taken = new Set(pbxs.map(({ name }) => name));
  const names = ['main', ...pbxs.map((_pbx, index) => `main-${index + 2}`)];
  return names.find((name) => !taken.has(name)) ?? '';
}
