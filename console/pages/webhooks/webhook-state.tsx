import { CirclePause, Radio, TriangleAlert } from 'lucide-react';
import type { Webhook } from '../../../contract/v3/webhook.ts';
import { Badge } from '../../ui/badge.tsx';

export function WebhookState({ webhook: { state, failing_since: failing } }: { readonly webhook: Webhook }) {
  if (state === 'paused')
    return (
      <Badge tone="calm" icon={CirclePause}>
        Paused
      </Badge>
    );
  if (failing !== null)
    return (
      <Badge tone="bad" icon={TriangleAlert}>
        Failing
      </Badge>
    );
  return (
    <Badge tone="good" icon={Radio}>
      Active
    </Badge>
  );
}
