import { PhoneOutgoing } from 'lucide-react';
import { usePlaceCall } from '../../api/use-place-call.ts';
import { LiveCall } from '../../parts/live-call.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { wordsOf } from '../../api/problem.ts';

/** One button, and the call that it makes, as it happens. The box has these numbers: two colleagues who pick up. */
export function FirstCall({ pbx, isFirst }: { readonly pbx: string; readonly isFirst: boolean }) {
  const place = usePlaceCall();
  const call = () => place.mutate({ dial_first: '101', dial_second: '102', pbx });
  const id = place.callId;
  return (
    <>
      <Button
        look={isFirst && id === undefined ? 'main' : 'plain'}
        isPending={place.isPending}
        onPress={call}
      >
        <PhoneOutgoing aria-hidden />
        {id === undefined ? 'Call 102 from 101' : 'Once more'}
      </Button>
      {id !== undefined && (
        <div className="first-live">
          <LiveCall key={id} id={id} />
        </div>
      )}
      {id === undefined && place.error !== null && <Notice tone="bad" {...wordsOf(place.error)} />}
    </>
  );
}
