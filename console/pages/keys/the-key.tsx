import { CallWithKey } from '../../parts/call-with-key.tsx';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { ReadAct } from '../../ui/dialog.tsx';

/** A key that was made just now. */
export function TheKey({ apiKey, onClose }: { readonly apiKey: string; readonly onClose: () => void }) {
  return (
    <>
      <ShownOnce label="The key" text={apiKey} says="Copy the key now." />
      <CallWithKey apiKey={apiKey} />
      <ReadAct act="I have it" onClose={onClose} />
    </>
  );
}
