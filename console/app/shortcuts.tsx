import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { PLACES } from './navigation.ts';
import './shortcuts.css';

/** `g` waits so long for the letter of a place. */
const GO_MS = 1_200;

const GO = new Map(PLACES.flatMap(({ places }) => places).map(({ key, to }) => [key, to]));

const LISTED: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['c'], 'Make a call'],
  [['/'], 'Search'],
  [['?'], 'This list'],
  ...PLACES.flatMap(({ places }) => places).map(({ key, label }) => [['g', key], `Go to ${label}`] as const),
];

/** Keys that work on every page, wherever nobody is typing; and the list of them. */
export function Shortcuts() {
  const [isListed, setListed] = useState(false);
  const navigate = useNavigate();
  const goUntil = useRef(0);
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (isTyping(event)) return;
    const place = event.timeStamp < goUntil.current ? GO.get(event.key) : undefined;
    goUntil.current = event.key === 'g' ? event.timeStamp + GO_MS : 0;
    if (place !== undefined) void navigate({ to: place });
    else if (event.key === 'c') void navigate({ to: '/click' });
    else if (event.key === '?') setListed(true);
    else if (event.key === '/') focusSearch(() => navigate({ to: '/calls' }));
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
  return (
    <Dialog title="Keys" isOpen={isListed} onClose={() => setListed(false)}>
      <dl className="keys">
        {LISTED.map(([keys, does]) => (
          <div key={does} className="keys-row">
            <dt>{does}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

/** Whether the key is for a field, a list or a dialog, or part of a chord of the browser's. */
function isTyping({ target, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || defaultPrevented) return true;
  return (
    target instanceof Element &&
    target.closest(
      'input, textarea, select, [contenteditable], [role=dialog], [role=listbox], [role=menu]',
    ) !== null
  );
}

/** The search of this page, or that of the calls. */
function focusSearch(goToCalls: () => Promise<void>): void {
  const search = () => document.querySelector<HTMLInputElement>('input[type=search]');
  const here = search();
  if (here !== null) here.focus();
  else void goToCalls().then(() => search()?.focus());
}
