import { Page } from '../../ui/page.tsx';
import { BrowserLinks } from './browser-links.tsx';
import { Programs } from './programs.tsx';
import { WidgetMaker } from './widget-maker.tsx';
import './integrations.css';

/** Where clicks come from: pages of the customer's own, the browser, other programs. */
export function IntegrationsPage() {
  return (
    <Page
      title="Integrations"
      says="A click where the number stands: on your web page, in the browser, in your CRM."
    >
      <WidgetMaker />
      <BrowserLinks />
      <Programs />
    </Page>
  );
}
