import { useMutation } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import {
  Button as AriaButton,
  Dialog as AriaDialog,
  Heading,
  Modal,
  ModalOverlay,
} from 'react-aria-components';
import { wordsOf } from '../api/problem.ts';
import { Button, type Look } from './button.tsx';
import { Notice } from './notice.tsx';
import { toastFault } from './toast.tsx';
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

type ConfirmProps = Look & {
  /** What stands on the button of the page. */
  readonly children: ReactNode;
  /** The button's name where its words are those of other buttons too. */
  readonly name?: string;
  readonly title: string;
  readonly says: ReactNode;
  /** The word on the button of the dialog: what is done. */
  readonly act: string;
  readonly onConfirm: () => Promise<unknown>;
  /** What follows when it is done, and the dialog is closed. */
  readonly onDone: () => unknown;
};

/** A button that asks before what can't be taken back. The dialog stays until that is done, and says why it was not. */
export function ConfirmButton({
  children,
  name,
  title,
  says,
  act,
  onConfirm,
  onDone,
  ...look
}: ConfirmProps) {
  const [isAsked, setAsked] = useState(false);
  const confirm = useMutation({
    mutationFn: onConfirm,
    onSuccess: async () => {
      setAsked(false);
      await onDone();
    },
    // Who has left the dialog meanwhile is told too.
    onError: (error) => {
      if (!isAsked) toastFault(error);
    },
  });
  const ask = () => {
    confirm.reset();
    setAsked(true);
  };
  const leave = () => setAsked(false);
  return (
    <>
      <Button {...look} {...(name !== undefined && { 'aria-label': name })} onPress={ask}>
        {children}
      </Button>
      <Dialog title={title} isOpen={isAsked} onClose={leave} alert>
        {confirm.error !== null && <Notice tone="bad" {...wordsOf(confirm.error)} />}
        <p>{says}</p>
        <div className="dialog-acts">
          <Button onPress={leave}>Leave it</Button>
          <Button look="danger" isPending={confirm.isPending} onPress={() => confirm.mutate()}>
            {act}
          </Button>
        </div>
      </Dialog>
    </>
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
