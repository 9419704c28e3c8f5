import { useEffect, useRef } from 'react';
import { attributesOf, type AskedWidget } from './snippet.ts';

/** The button itself, as the page will have it: with a good key it rings. */
export function WidgetPreview({ asked }: { readonly asked: AskedWidget }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(loadWidget, []);
  useEffect(() => {
    const widget = document.createElement('click-2-call');
    for (const [name, value] of attributesOf(asked)) widget.setAttribute(name, value);
    widget.textContent = asked.label;
    place.current?.replaceChildren(widget);
  }, [asked]);
  return <div ref={place} className="widget-preview" />;
}

/** The file that pages load, and not a part of the console: what is tried is what is given away. */
function loadWidget(): void {
  if (customElements.get('click-2-call') !== undefined) return;
  const script = document.createElement('script');
  script.type = 'module';
  script.src = '/widget/v1.js';
  document.head.append(script);
}
