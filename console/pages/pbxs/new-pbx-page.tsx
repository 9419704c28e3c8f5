import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { driversQuery } from '../../api/queries.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { AddPbx } from './add-pbx.tsx';
import { ChooseKind } from './choose-kind.tsx';
import { kindsOf } from './kinds.ts';
import './pbxs.css';

/** Connect a PBX: which one it is, and then its settings with its guide beside them. */
export function NewPbxPage() {
  const { kind: id } = useSearch({ from: '/inside/pbxs/new' });
  const { data } = useQuery(driversQuery);
  if (id === undefined)
    return (
      <Page title="Connect a PBX" says="Which one is it?">
        <ChooseKind />
      </Page>
    );
  if (data === undefined) return <Loading />;
  const kind = kindsOf(data.items).find((each) => each.id === id);
  return (
    <Page
      title={kind === undefined ? 'Connect a PBX' : `Connect ${kind.label}`}
      acts={
        <LinkButton to="/pbxs/new" size="small">
          Another kind
        </LinkButton>
      }
    >
      {kind === undefined ? <ChooseKind /> : <AddPbx key={kind.id} kind={kind} />}
    </Page>
  );
}
