import { Tab, TabList, TabPanel, TabPanels, Tabs } from 'react-aria-components';
import { Code } from '../ui/code.tsx';
import '../ui/tabs.css';
import { waysToCall } from './ways-to-call.ts';

/** The call that a key makes, ready to copy: as a link, as curl, as fetch. */
export function CallWithKey({ apiKey }: { readonly apiKey: string }) {
  const ways = waysToCall(window.location.origin, apiKey);
  return (
    <Tabs className="tabs">
      <TabList className="tab-list" aria-label="A call with this key" items={ways}>
        {({ label }) => <Tab className="tab">{label}</Tab>}
      </TabList>
      <TabPanels items={ways}>
        {({ label, text }) => (
          <TabPanel className="tab-panel">
            <Code label={label} text={text} wrap={label === 'Link'} />
          </TabPanel>
        )}
      </TabPanels>
    </Tabs>
  );
}
