import { useState } from 'react';
import { Code } from '../../ui/code.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/page.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { snippetOf, type AskedWidget } from './snippet.ts';
import { WidgetKey } from './widget-key.tsx';
import { WidgetPreview } from './widget-preview.tsx';

const NEW: AskedWidget = { key: '', from: '', number: '', label: '' };
const FIELDS = [
  { name: 'from', label: 'First phone', help: 'Rings first. Empty: the visitor is asked for their number.' },
  { name: 'number', label: 'Second phone', help: 'Empty: the visitor is asked, and called back.' },
  { name: 'label', label: 'Words on the button', help: 'Call us, Call me back' },
] as const;
const TYPING_MS = 300;

/** A button for a page of the customer's: its numbers, its key, the HTML, and the button itself to try. */
export function WidgetMaker() {
  const [asked, setAsked] = useState(NEW);
  const settled = useDebounced(asked, TYPING_MS);
  const change = (changed: Partial<AskedWidget>) => setAsked((before) => ({ ...before, ...changed }));
  return (
    <div className="integrations-halves">
      <Panel title="A button for your web page">
        <div className="form">
          {FIELDS.map(({ name, label, help }) => (
            <TextField
              key={name}
              label={label}
              help={help}
              value={asked[name]}
              onChange={(value) => change({ [name]: value })}
              autoComplete="off"
              mono={name !== 'label'}
            />
          ))}
          <TextField
            label="Publishable key"
            help="One that you have, or make one below. Everybody can read it in the page."
            value={asked.key}
            onChange={(key) => change({ key })}
            placeholder="c2c_pub_…"
            autoComplete="off"
            mono
          />
        </div>
        <details className="fold">
          <summary>Make a key for this button</summary>
          <WidgetKey asked={asked} onMade={(key) => change({ key })} />
        </details>
      </Panel>
      <Panel title="To paste into the page">
        <Code label="The HTML" text={snippetOf(window.location.origin, asked)} wrap />
        {asked.from.trim() === '' && asked.number.trim() === '' && (
          <Notice
            tone="warn"
            says="Both numbers are the visitor's to choose."
            remedy="Give one of them, so that a stranger can not use your PBX to connect any two phones."
          />
        )}
        <h3>Try it</h3>
        {settled.key === '' ? (
          <p className="muted">With a key in it the button stands here, and calls.</p>
        ) : (
          <WidgetPreview asked={settled} />
        )}
      </Panel>
    </div>
  );
}
