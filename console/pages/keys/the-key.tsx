import { CallWithKey } from '../../parts/call-with-key.tsx';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { Button } from '../../ui/button.tsx';

/** A key that was made just now. */
export function TheKey({ apiKey, onClose }: { readonly apiKey: string; readonly onClose: () => void }) {
  return (
    <>
      <ShownOnce label="The key" text={apiKey} says="Copy the key now." />
      <CallWithKey apiKey={apiKey} />
      <div className="dialog-acts">
        <Button look="main" onPress={onClose}>
          I have it
        </Button>
      </div>
    </>
  );
}
