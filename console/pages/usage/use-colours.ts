import { useEffect, useState } from 'react';

const NAMES = ['accent', 'edge', 'good', 'line', 'muted'] as const;
export type Colours = Readonly<Record<(typeof NAMES)[number] | 'font', string>>;

/** The console's colours as a canvas takes them; others when light becomes dark. */
export function useColours(): Colours {
  const [colours, setColours] = useState(readColours);
  useEffect(() => {
    const change = () => setColours(readColours());
    const media = matchMedia('(prefers-color-scheme: dark)');
    media.addEventListener('change', change);
    const observer = new MutationObserver(change);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      media.removeEventListener('change', change);
      observer.disconnect();
    };
  }, []);
  return colours;
}

/** An element is asked what it would look like: the tokens themselves are not yet decided between light and dark. */
function readColours(): Colours {
  const probe = document.body.appendChild(document.createElement('span'));
  const read = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const colours = NAMES.map((name) => [name, read(name)] as const);
  const font = getComputedStyle(probe).fontFamily;
  probe.remove();
  return { ...(Object.fromEntries(colours) as Record<(typeof NAMES)[number], string>), font };
}
