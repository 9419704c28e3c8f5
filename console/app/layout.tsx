import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense } from 'react';
import { scopesOf } from '../api/people.ts';
import { meQuery } from '../api/queries.ts';
import { Loading } from '../ui/loading.tsx';
import { Mark } from '../ui/mark.tsx';
import { useFocusOnArrival } from './use-focus-on-arrival.ts';
import { Bar } from './bar.tsx';
import { PLACES, type Place } from './navigation.ts';
import { PersonMenu } from './person-menu.tsx';
import { Shortcuts } from './shortcuts.tsx';
import './layout.css';

/** The frame of every page behind the log-in: navigation on the left, or at the bottom of a phone. */
export function Layout() {
  const { data: me } = useSuspenseQuery(meQuery);
  const loading = useRouterState({ select: (state) => state.isLoading });
  const main = useFocusOnArrival();
  return (
    <div className="layout">
      <a className="skip unseen" href="#main">
        To the content
      </a>
      <nav className="nav" aria-label="Console">
        <div className="nav-head">
          <Mark />
          <span className="nav-account">{me.account.name}</span>
        </div>
        <Groups scopes={scopesOf(me)} />
        <div className="nav-foot">
          <PersonMenu me={me} />
        </div>
      </nav>
      <main className="main" id="main" tabIndex={-1} ref={main}>
        {loading && (
          <div className="main-loading">
            <Loading />
          </div>
        )}
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <Bar me={me} />
      <Shortcuts />
    </div>
  );
}

function Groups({ scopes }: { readonly scopes: ReadonlySet<string> }) {
  return PLACES.map(({ group, places }) => {
    const open = places.filter(({ scope }) => scope === undefined || scopes.has(scope));
    return (
      open.length > 0 && (
        <div key={group}>
          <h2 className="nav-title">{group}</h2>
          <ul>
            {open.map((place) => (
              <li key={place.to}>
                <PlaceLink place={place} />
              </li>
            ))}
          </ul>
        </div>
      )
    );
  });
}

function PlaceLink({ place: { to, label, icon: Icon } }: { readonly place: Place }) {
  return (
    <Link to={to} className="nav-link" activeOptions={{ exact: to === '/' }}>
      <Icon size={18} strokeWidth={1.75} aria-hidden />
      {label}
    </Link>
  );
}
