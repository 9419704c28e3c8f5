import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Pbx } from '../../../contract/v3/pbxs.ts';
import { ask } from '../../api/client.ts';
import { scopesOf } from '../../api/people.ts';
import { needed } from '../../api/needed.ts';
import { driverQuery, meQuery, pbxQuery } from '../../api/queries.ts';
import { ConfirmButton } from '../../ui/dialog.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { ChangePbx } from './change-pbx.tsx';
import { ExaminationPanel } from './examination-panel.tsx';
import './pbxs.css';

/** One PBX: whether it can be used, its settings, its guide. */
export function PbxPage() {
  const { id } = useParams({ from: '/inside/pbxs/$id' });
  const { examine } = useSearch({ from: '/inside/pbxs/$id' });
  const { data: me } = useQuery(meQuery);
  const { data: pbx } = needed(useQuery(pbxQuery(id)));
  const [occasion, setOccasion] = useState(examine === true ? 1 : 0);
  if (pbx === undefined || me === undefined) return <Loading />;
  if (!scopesOf(me).has('pbxs:manage')) return <ReadPbx pbx={pbx} />;
  return (
    <Page title={pbx.name} acts={<RemovePbx pbx={pbx} />}>
      {pbx.problem !== null && <Notice tone="bad" says="It can not be used as it is." remedy={pbx.problem} />}
      <ExaminationPanel id={id} occasion={occasion} />
      <ChangePbx
        key={pbx.id}
        pbx={pbx}
        account={me.account.slug}
        onChanged={() => setOccasion(occasion + 1)}
      />
    </Page>
  );
}

function ReadPbx({ pbx }: { readonly pbx: Pbx }) {
  const { data: driver } = useQuery(driverQuery(pbx.driver));
  return (
    <Page title={pbx.name}>
      <Panel title={driver?.label ?? pbx.driver}>
        <Facts facts={Object.entries(pbx.settings).map(([name, value]) => [name, String(value)] as const)} />
      </Panel>
    </Page>
  );
}

function RemovePbx({ pbx: { id, name } }: { readonly pbx: Pbx }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <ConfirmButton
      look="danger"
      size="small"
      title={`Remove ${name}?`}
      says="Its calls stay in the list. What becomes of one that is in progress will not be known."
      act="Remove"
      onConfirm={() => ask('DELETE', `/v3/pbxs/${id}`)}
      onDone={async () => {
        await navigate({ to: '/pbxs' });
        toastDone(`${name} is removed.`);
        await queries.invalidateQueries({ queryKey: ['pbxs'] });
      }}
    >
      <Trash2 aria-hidden /> Remove
    </ConfirmButton>
  );
}
