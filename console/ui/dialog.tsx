import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Dialog as AriaDialog,
  Heading,
  Modal,
  ModalOverlay,
} from 'react-aria-components';
import { Button } from './button.tsx';
import './dialog.css';

/** A question or a form over the page. Escape and the cross put it away. */
export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  alert = false,
}: {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** It must be answered: a press beside it does not put it away. */
  readonly alert?: boolean;
}) {
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable={!alert}
    >
      <Modal className="dialog">
        <AriaDialog className="dialog-body" role={alert ? 'alertdialog' : 'dialog'}>
          <header className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <AriaButton slot="close" className="button button-quiet button-small" aria-label="Close">
              <X aria-hidden />
            </AriaButton>
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Asks before what can't be taken back. */
export function Confirm({
  title,
  says,
  act,
  isOpen,
  isPending = false,
  onConfirm,
  onClose,
}: {
  readonly title: string;
  readonly says: ReactNode;
  /** The word on the button: what is done. */
  readonly act: string;
  readonly isOpen: boolean;
  readonly isPending?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) {
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} alert>
      <p>{says}</p>
      <div className="dialog-acts">
        <Button onPress={onClose}>Leave it</Button>
        <Button look="danger" isPending={isPending} onPress={onConfirm}>
          {act}
        </Button>
      </div>
    </Dialog>
  );
}

/** The end of a form in a dialog: to leave it, or to do it. */
export function FormActs({
  act,
  isPending,
  onClose,
}: {
  /** The word on the button: what is done. */
  readonly act: string;
  readonly isPending: boolean;
  readonly onClose: () => void;
}) {
  return (
    <div className="dialog-acts">
      <Button onPress={onClose}>Leave it</Button>
      <Button type="submit" look="main" isPending={isPending}>
        {act}
      </Button>
    </div>
  );
}

/** The end of a dialog that has told something. */
export function ReadAct({ act, onClose }: { readonly act: string; readonly onClose: () => void }) {
  return (
    <div className="dialog-acts">
      <Button look="main" onPress={onClose}>
        {act}
      </Button>
    </div>
  );
}
