import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { needed } from '../../api/needed.ts';
import { driversQuery } from '../../api/queries.ts';
import { Loading } from '../../ui/loading.tsx';
import { kindsOf } from './kinds.ts';

/** Which PBX it is. */
export function ChooseKind() {
  const { data } = needed(useQuery(driversQuery));
  if (data === undefined) return <Loading />;
  return (
    <ul className="kinds">
      {kindsOf(data.items).map(({ id, label, says }) => (
        <li key={id}>
          <Link className="kind" to="/pbxs/new" search={{ kind: id }}>
            <strong>{label}</strong>
            <span className="muted dense">{says}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
