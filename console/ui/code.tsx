import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button.tsx';
import './code.css';

/** Text to take elsewhere, letter by letter, with a button that copies it. */
export function Code({
  label,
  text,
  wrap = false,
}: {
  /** What it is, for the button and for screen readers. */
  readonly label: string;
  readonly text: string;
  /** Long lines go on below; without it they are scrolled. */
  readonly wrap?: boolean;
}) {
  return (
    <figure className={wrap ? 'code code-wrap' : 'code'} aria-label={label}>
      {/* A region that scrolls can be reached by the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={wrap ? undefined : 0}>{text}</pre>
      <CopyButton label={label} text={text} />
    </figure>
  );
}

/** Copies, and says for two seconds that it did. */
export function CopyButton({ label, text }: { readonly label: string; readonly text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <Button
      look="quiet"
      size="small"
      className="copy"
      aria-label={copied ? `Copied: ${label}` : `Copy: ${label}`}
      onPress={() => void copy()}
    >
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      {copied ? 'Copied' : 'Copy'}
    </Button>
  );
}
