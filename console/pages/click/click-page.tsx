import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { usePlaceCall } from '../../api/use-place-call.ts';
import { LiveCall } from '../../parts/live-call.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { DialForm } from './dial-form.tsx';
import { askOf, keptFirst, keepFirst, type Dialled } from './dialled.ts';
import { ExplanationPanel } from './explanation-panel.tsx';
import './click.css';

/** The dialler: what would happen while one types, and then the call as it happens. */
export function ClickPage() {
  const search = useSearch({ from: '/inside/click' });
  const [dialled, setDialled] = useState<Dialled>({
    first: search.first ?? keptFirst(),
    second: search.second ?? '',
    dialAs: '',
    timeout: '',
    pbx: '',
  });
  const place = usePlaceCall();
  const change = (changed: Partial<Dialled>) => {
    setDialled({ ...dialled, ...changed });
    place.reset();
  };
  const call = () => {
    keepFirst(dialled.first);
    place.mutate(askOf(dialled));
  };
  const id = place.callId;
  return (
    <Page title="Click" says="Rings the first phone and, when it is answered, connects it to the second.">
      <div className="click">
        <Panel>
          <DialForm
            dialled={dialled}
            onChange={change}
            onCall={call}
            fault={id === undefined ? place.error : null}
            isPending={place.isPending}
          />
        </Panel>
        <Panel title={id === undefined ? 'What would happen' : 'The call'}>
          {id === undefined ? <ExplanationPanel dialled={dialled} /> : <LiveCall key={id} id={id} />}
        </Panel>
      </div>
    </Page>
  );
}
