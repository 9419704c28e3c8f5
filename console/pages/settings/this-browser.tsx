import { useState } from 'react';
import { keepTheme, keptTheme, THEMES } from '../../app/theme.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { toastFault } from '../../ui/toast.tsx';
import './settings.css';

const LABELS = { system: 'As the system has it', light: 'Light', dark: 'Dark' } as const;
const CHOICES = THEMES.map((id) => ({ id, label: LABELS[id] }));

/** What holds for this browser alone. */
export function ThisBrowser() {
  const [theme, setTheme] = useState(keptTheme);
  return (
    <Panel title="This browser">
      <Select
        label="Light or dark"
        choices={CHOICES}
        value={theme}
        onChange={(chosen) => {
          keepTheme(chosen);
          setTheme(chosen);
        }}
      />
      {'registerProtocolHandler' in navigator && (
        <div className="field">
          <div className="this-browser-act">
            <Button onPress={takeLinks}>Open links to numbers here</Button>
          </div>
          <p className="field-help">
            A link such as tel:+12125550123, on any page, fills the dialler in then. The browser asks you
            first; nobody is rung until you press Call.
          </p>
        </div>
      )}
    </Panel>
  );
}

function takeLinks(): void {
  try {
    navigator.registerProtocolHandler('tel', `${window.location.origin}/console/click?second=%s`);
  } catch (error) {
    toastFault(error);
  }
}
