import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { meQuery } from '../api/queries.ts';
import { scopesOf } from '../api/people.ts';
import { Loading } from '../ui/loading.tsx';
import { Mark } from '../ui/mark.tsx';
import { PLACES, type Place } from './navigation.ts';
import './layout.css';

/** The frame of every page behind the log-in: navigation left, below it at the width of a phone. */
export function Layout() {
  const { data: me } = useSuspenseQuery(meQuery);
  const scopes = scopesOf(me);
  const loading = useRouterState({ select: (state) => state.isLoading });
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
        {PLACES.map(({ group, places }) => (
          <div key={group} className="nav-group">
            <h2 className="nav-title">{group}</h2>
            <ul>
              {places
                .filter(({ scope }) => scope === undefined || scopes.has(scope))
                .map((place) => (
                  <li key={place.to}>
                    <PlaceLink place={place} />
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </nav>
      <main className="main" id="main" tabIndex={-1}>
        {loading && (
          <div className="main-loading">
            <Loading />
          </div>
        )}
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}

function PlaceLink({ place: { to, label, icon: Icon } }: { readonly place: Place }) {
  return (
    <Link to={to} className="nav-link" activeOptions={{ exact: to === '/' }}>
      <Icon size={18} strokeWidth={1.75} aria-hidden />
      {label}
    </Link>
  );
}
