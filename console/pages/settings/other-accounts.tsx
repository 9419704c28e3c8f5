import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Me } from '../../../contract/v3/me.ts';
import { ask } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/page.tsx';
import { toastFault } from '../../ui/toast.tsx';
import './settings.css';

/** The other accounts that one is a member of, to go over to. */
export function OtherAccounts({ me }: { readonly me: Me }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const others = (me.accounts ?? []).filter(({ id }) => id !== me.account.id);
  const goOver = useMutation({
    mutationFn: (account: string) => ask('PATCH', '/v3/sessions/current', { body: { account } }),
    onError: toastFault,
    onSuccess: async () => {
      // What the other account holds is nothing to this one.
      queries.clear();
      await navigate({ to: '/', reloadDocument: true });
    },
  });
  if (others.length === 0) return null;
  return (
    <Panel title="Your other accounts">
      <ul className="sessions">
        {others.map(({ id, name, role }) => (
          <li key={id} className="session">
            <p>
              <strong>{name}</strong> <span className="muted">as {role}</span>
            </p>
            <Button size="small" isPending={goOver.isPending} onPress={() => goOver.mutate(id)}>
              Go over
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
