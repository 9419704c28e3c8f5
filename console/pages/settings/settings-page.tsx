import { useQuery } from '@tanstack/react-query';
import { needed } from '../../api/needed.ts';
import { meQuery } from '../../api/queries.ts';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Unconfirmed } from '../../parts/unconfirmed.tsx';
import { OtherAccounts } from './other-accounts.tsx';
import { OwnName } from './own-name.tsx';
import { OwnPassword } from './own-password.tsx';
import { ThisBrowser } from './this-browser.tsx';
import { OwnSessions } from './own-sessions.tsx';

/** Who one is here, and where one is logged in. */
export function SettingsPage() {
  const { data: me } = needed(useQuery(meQuery));
  if (me === undefined) return <Loading />;
  return (
    <Page title="You" says={me.user?.email} narrow>
      {me.user === undefined ? (
        <Notice
          tone="note"
          says="You came by a key."
          remedy="A name, a password and sessions are for people."
        />
      ) : (
        <>
          <Unconfirmed />
          <OwnName name={me.user.name} />
          <OwnPassword />
          <OwnSessions />
          <OtherAccounts me={me} />
        </>
      )}
      <ThisBrowser />
    </Page>
  );
}
