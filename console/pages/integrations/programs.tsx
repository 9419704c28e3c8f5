import { useState } from 'react';
import { Tab, TabList, TabPanel, TabPanels, Tabs } from 'react-aria-components';
import { fillIn, INTEGRATIONS, type Integration } from '../../../contract/integrations.ts';
import { Code } from '../../ui/code.tsx';
import { TextField } from '../../ui/field.tsx';
import { Panel } from '../../ui/page.tsx';
import '../../ui/tabs.css';

/** What to paste into other programs, with this server's address in it. */
export function Programs() {
  const [extension, setExtension] = useState('101');
  return (
    <Panel title="Other programs">
      <div className="integrations-extension">
        <TextField
          label="Extension of who clicks"
          value={extension}
          onChange={setExtension}
          autoComplete="off"
          mono
        />
      </div>
      <Tabs className="tabs">
        <TabList className="tab-list" aria-label="Programs" items={INTEGRATIONS}>
          {({ name }) => <Tab className="tab">{name}</Tab>}
        </TabList>
        <TabPanels items={INTEGRATIONS}>
          {(program) => (
            <TabPanel className="tab-panel">
              <Program program={program} extension={extension} />
            </TabPanel>
          )}
        </TabPanels>
      </Tabs>
    </Panel>
  );
}

function Program({ program, extension }: { readonly program: Integration; readonly extension: string }) {
  const filling = { url: window.location.origin, key: 'c2c_live_…', extension };
  return (
    <div className="integrations-program">
      <p>{program.where}</p>
      {program.fields.map(({ label, value }) => (
        <div key={label} className="integrations-field">
          <h3>{label}</h3>
          {value !== '' && <Code label={label} text={fillIn(value, filling)} wrap />}
        </div>
      ))}
      <h3>The key</h3>
      <p>{program.key}</p>
      <ul className="muted">
        {program.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </div>
  );
}
