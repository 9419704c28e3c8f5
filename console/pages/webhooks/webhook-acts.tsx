import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Webhook } from '../../../contract/v3/webhook.ts';
import { ask } from '../../api/client.ts';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmButton, Dialog, ReadAct } from '../../ui/dialog.tsx';
import { toastDone, toastFault } from '../../ui/toast.tsx';

/** Try it, pause it, give it a new secret, remove it. */
export function WebhookActs({ webhook }: { readonly webhook: Webhook }) {
  const queries = useQueryClient();
  const isPaused = webhook.state === 'paused';
  const act = useMutation({
    mutationFn: (word: 'test' | 'pause' | 'resume') => ask('POST', `/v3/webhooks/${webhook.id}/${word}`),
    onError: toastFault,
    onSuccess: (_answer, word) => {
      if (word === 'test') toastDone('A test is on its way; see its delivery.');
    },
    // Also where it was refused: it may have been paused meanwhile.
    onSettled: () => queries.invalidateQueries({ queryKey: ['webhooks'] }),
  });
  const isTesting = act.variables === 'test';
  return (
    <>
      <Button
        size="small"
        isPending={act.isPending && isTesting}
        isDisabled={isPaused}
        onPress={() => act.mutate('test')}
      >
        Send a test
      </Button>
      <Button
        size="small"
        isPending={act.isPending && !isTesting}
        onPress={() => act.mutate(isPaused ? 'resume' : 'pause')}
      >
        {isPaused ? 'Resume' : 'Pause'}
      </Button>
      <NewSecret id={webhook.id} />
      <RemoveWebhook webhook={webhook} />
    </>
  );
}

function NewSecret({ id }: { readonly id: string }) {
  const rotate = useMutation({
    mutationFn: () => ask<{ readonly secret: string }>('POST', `/v3/webhooks/${id}/rotate_secret`),
    onError: toastFault,
  });
  return (
    <>
      <Button size="small" isPending={rotate.isPending} onPress={() => rotate.mutate()}>
        New secret
      </Button>
      <Dialog title="Its new secret" isOpen={rotate.data !== undefined} onClose={rotate.reset}>
        <ShownOnce
          label="The secret"
          text={rotate.data?.secret ?? ''}
          says="Copy it now. For a day messages are signed with both."
        />
        <ReadAct act="I have it" onClose={rotate.reset} />
      </Dialog>
    </>
  );
}

function RemoveWebhook({ webhook: { id, label, url } }: { readonly webhook: Webhook }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <ConfirmButton
      look="danger"
      size="small"
      title="Remove this webhook?"
      says="What waits for delivery is not sent any more, and its deliveries are gone."
      act="Remove"
      onConfirm={() => ask('DELETE', `/v3/webhooks/${id}`)}
      onDone={async () => {
        await navigate({ to: '/webhooks' });
        toastDone(`${label === '' ? url : label} is removed.`);
        await queries.invalidateQueries({ queryKey: ['webhooks'] });
      }}
    >
      Remove
    </ConfirmButton>
  );
}
