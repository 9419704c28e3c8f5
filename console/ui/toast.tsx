import { X } from 'lucide-react';
import {
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
  Button,
  Text,
} from 'react-aria-components';
import { wordsOf } from '../api/problem.ts';
import './toast.css';

interface Told {
  readonly tone: 'good' | 'bad';
  readonly says: string;
  readonly remedy?: string;
}

const queue = new ToastQueue<Told>({ maxVisibleToasts: 3 });

/** Says that something was done. It goes by itself. */
export function toastDone(says: string): void {
  queue.add({ tone: 'good', says }, { timeout: 5_000 });
}

/** Says why something was not done. It stays until it is put away. */
export function toastFault(error: unknown): void {
  queue.add({ tone: 'bad', ...wordsOf(error) });
}

export function Toasts() {
  return (
    <ToastRegion queue={queue} className="toasts">
      {({ toast }) => (
        <Toast toast={toast} className={`toast toast-${toast.content.tone}`}>
          <ToastContent className="toast-words">
            <Text slot="title">{toast.content.says}</Text>
            {toast.content.remedy !== undefined && (
              <Text slot="description" className="muted">
                {toast.content.remedy}
              </Text>
            )}
          </ToastContent>
          <Button slot="close" className="button button-quiet button-small" aria-label="Put away">
            <X aria-hidden />
          </Button>
        </Toast>
      )}
    </ToastRegion>
  );
}
