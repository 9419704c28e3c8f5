import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Webhook } from '../../../contract/v3/webhook.ts';
import { ask } from '../../api/client.ts';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm, Dialog } from '../../ui/dialog.tsx';
import { toastDone, toastFault } from '../../ui/toast.tsx';

/** Try it, pause it, give it a new secret, remove it. */
export function WebhookActs({ webhook: { id, state } }: { readonly webhook: Webhook }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isAsked, setAsked] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: ['webhooks'] });
  const act = useMutation({
    mutationFn: (word: 'test' | 'pause' | 'resume') => ask('POST', `/v3/webhooks/${id}/${word}`),
    onError: toastFault,
    onSuccess: async (_answer, word) => {
      if (word === 'test') toastDone('A test is on its way; see its delivery.');
      await refresh();
    },
  });
  const rotate = useMutation({
    mutationFn: () => ask<{ readonly secret: string }>('POST', `/v3/webhooks/${id}/rotate_secret`),
    onError: toastFault,
  });
  const remove = useMutation({
    mutationFn: () => ask('DELETE', `/v3/webhooks/${id}`),
    onError: toastFault,
    onSuccess: async () => {
      await navigate({ to: '/webhooks' });
      await refresh();
    },
  });
  const isPaused = state === 'paused';
  return (
    <>
      <Button size="small" isPending={act.isPending} isDisabled={isPaused} onPress={() => act.mutate('test')}>
        Send a test
      </Button>
      <Button
        size="small"
        isPending={act.isPending}
        onPress={() => act.mutate(isPaused ? 'resume' : 'pause')}
      >
        {isPaused ? 'Resume' : 'Pause'}
      </Button>
      <Button size="small" isPending={rotate.isPending} onPress={() => rotate.mutate()}>
        New secret
      </Button>
      <Button look="danger" size="small" onPress={() => setAsked(true)}>
        Remove
      </Button>
      <Dialog title="Its new secret" isOpen={rotate.data !== undefined} onClose={rotate.reset}>
        <ShownOnce
          label="The secret"
          text={rotate.data?.secret ?? ''}
          says="Copy it now. For a day messages are signed with both."
        />
      </Dialog>
      <Confirm
        title="Remove this webhook?"
        says="What waits for delivery is not sent any more, and its deliveries are gone."
        act="Remove"
        isOpen={isAsked}
        isPending={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setAsked(false)}
      />
    </>
  );
}
