import { useMutation, useQuery } from '@tanstack/react-query';
import { ask } from '../api/client.ts';
import { meQuery } from '../api/queries.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { toastDone, toastFault } from '../ui/toast.tsx';

/** What is not there before somebody has confirmed their e-mail, and how they do that. */
export function Unconfirmed() {
  const { data: me } = useQuery(meQuery);
  const again = useMutation({
    mutationFn: () => ask('POST', '/v3/email_confirmations'),
    onError: toastFault,
    onSuccess: () => toastDone('Another letter is on its way.'),
  });
  if (me?.user === undefined || me.user.confirmed) return null;
  return (
    <Notice
      tone="note"
      says={`A letter is on its way to ${me.user.email}: open its link, and this address is yours.`}
      remedy="Until then you can make calls on the PBX in the box. PBXs of your own, keys, webhooks and people come with it."
    >
      <div>
        <Button size="small" isPending={again.isPending} onPress={() => again.mutate()}>
          Send it again
        </Button>
      </div>
    </Notice>
  );
}
