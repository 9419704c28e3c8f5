import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Policy } from '../../../contract/v3/policy.ts';
import { ask } from '../../api/client.ts';
import { needed } from '../../api/needed.ts';
import { ApiProblem } from '../../api/problem.ts';
import { policyQuery } from '../../api/queries.ts';
import { useMay } from '../../api/use-may.ts';
import { Button } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { PolicyFields } from './policy-fields.tsx';
import { policyOf, typedOf, type TypedPolicy } from './typed-policy.ts';

/** What may be called, by whom and when: the account's wall against whoever steals a key. */
export function PolicyPage() {
  const { data } = needed(useQuery(policyQuery));
  return (
    <Page
      title="Dial policy"
      says="Asked before any PBX is, for every key and everybody of the account. What your PBX forbids stays forbidden."
      narrow
    >
      {data === undefined ? <Loading /> : <PolicyForm policy={data} />}
    </Page>
  );
}

function PolicyForm({ policy }: { readonly policy: Policy }) {
  const queries = useQueryClient();
  const mayManage = useMay('policy:manage');
  const [typed, setTyped] = useState<TypedPolicy>(() => typedOf(policy));
  const set = useMutation({
    mutationFn: () => ask<Policy>('PUT', '/v3/policy', { body: policyOf(typed) }),
    onSuccess: (now) => {
      queries.setQueryData(policyQuery.queryKey, now);
      setTyped(typedOf(now));
      toastDone('It counts for the next call.');
    },
  });
  const faulty = new Set(set.error instanceof ApiProblem ? Object.keys(set.error.fields) : []);
  return (
    <Form fault={set.error} onSubmit={() => set.mutate()}>
      <PolicyFields
        saved={policy}
        typed={typed}
        faulty={faulty}
        isOpen={mayManage}
        onChange={(changed) => setTyped({ ...typed, ...changed })}
      />
      {mayManage && (
        <Panel>
          <div className="page-acts">
            <Button type="submit" look="main" isPending={set.isPending}>
              Save
            </Button>
            <Button onPress={() => setTyped(typedOf(policy))}>As it was</Button>
          </div>
        </Panel>
      )}
    </Form>
  );
}
