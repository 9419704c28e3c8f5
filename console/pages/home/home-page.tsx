import { Page } from '../../ui/page.tsx';

export function HomePage() {
  return (
    <Page title="Start">
      <p className="muted">Calls, and the PBXs that make them.</p>
    </Page>
  );
}
