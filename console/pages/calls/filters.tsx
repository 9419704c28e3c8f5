import { useQuery } from '@tanstack/react-query';
import { CalendarClock, ChevronDown, Search, X } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useId, useState } from 'react';
import type { CallFilter } from '../../api/call-queries.ts';
import { pbxsQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { DISPOSITIONS, STATES } from '../../ui/call-status.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { KeyChip } from './key-chip.tsx';

interface Filtering {
  readonly filter: CallFilter;
  readonly change: (filter: CallFilter) => void;
}

/** What the list is narrowed by, in one line; on a phone in two columns. */
export function Filters({ filter, change }: Filtering) {
  const isNarrowed = Object.keys(filter).length > 0;
  return (
    <search className="filters" aria-label="Calls">
      <SearchBox filter={filter} change={change} />
      <Outcome filter={filter} change={change} />
      <PbxChoice filter={filter} change={change} />
      <Times filter={filter} change={change} />
      {filter.key !== undefined && (
        <KeyChip id={filter.key} takeAway={() => change(changed(filter, { key: '' }))} />
      )}
      {isNarrowed && (
        <Button look="quiet" onPress={() => change({})}>
          <X size={16} aria-hidden />
          Clear
        </Button>
      )}
    </search>
  );
}

/** The filter with some of it changed; '' takes a part away. */
function changed(filter: CallFilter, change: Readonly<Record<string, string>>): CallFilter {
  const all = Object.entries({ ...filter, ...change });
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}

const TYPING_MS = 250;

/** What is typed stands in the URL when the typing pauses. What stands in the URL by itself, or is cleared, stands here. */
function SearchBox({ filter, change }: Filtering) {
  const inUrl = filter.search ?? '';
  const [seen, setSeen] = useState(inUrl);
  const [text, setText] = useState(inUrl);
  /** How often something was typed, and how often when the typing paused last. */
  const [times, setTimes] = useState(0);
  const paused = useDebounced(times, TYPING_MS);
  if (seen !== inUrl) {
    setSeen(inUrl);
    // What was typed since stays, and so does the space that the next word is typed after.
    if (times === paused && inUrl !== text.trim()) setText(inUrl);
  }
  const search = useEffectEvent((typed: number) => {
    if (typed > 0 && text.trim() !== inUrl) change(changed(filter, { search: text.trim() }));
  });
  useEffect(() => search(paused), [paused]);
  return (
    <label className="filter filter-search">
      <span className="unseen">Number or reference</span>
      <Search size={16} aria-hidden />
      <input
        type="search"
        className="input"
        placeholder="Number or reference"
        value={text}
        maxLength={200}
        onChange={({ target }) => {
          setText(target.value);
          setTimes(times + 1);
        }}
      />
    </label>
  );
}

/** What nobody can tell of is over, for all that is known. */
const GOING_ON = Object.entries(STATES).filter(([name]) => name !== 'unknown');

function Outcome({ filter, change }: Filtering) {
  const { state = '', disposition = '' } = filter;
  const chosen = disposition === '' ? state && `state ${state}` : `disposition ${disposition}`;
  const choose = (value: string) => {
    const [name = '', word = ''] = value.split(' ');
    change(changed(filter, { state: '', disposition: '', ...(name !== '' && { [name]: word }) }));
  };
  return (
    <Choice label="Outcome" value={chosen} choose={choose}>
      <option value="">Any outcome</option>
      <optgroup label="Going on">
        {GOING_ON.map(([name, { word }]) => (
          <option key={name} value={`state ${name}`}>
            {word}
          </option>
        ))}
      </optgroup>
      <optgroup label="Over">
        {Object.entries(DISPOSITIONS).map(([name, { word }]) => (
          <option key={name} value={`disposition ${name}`}>
            {word}
          </option>
        ))}
      </optgroup>
    </Choice>
  );
}

function PbxChoice({ filter, change }: Filtering) {
  const { data } = useQuery({ ...pbxsQuery, retry: false });
  const names = new Set(data?.items.map(({ name }) => name));
  if (filter.pbx !== undefined) names.add(filter.pbx);
  if (names.size < 2 && filter.pbx === undefined) return null;
  return (
    <Choice label="PBX" value={filter.pbx ?? ''} choose={(pbx) => change(changed(filter, { pbx }))}>
      <option value="">Any PBX</option>
      {[...names].map((name) => (
        <option key={name}>{name}</option>
      ))}
    </Choice>
  );
}

function Choice({
  label,
  value,
  choose,
  children,
}: {
  readonly label: string;
  readonly value: string;
  readonly choose: (value: string) => void;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <div className="filter">
      <label className="unseen" htmlFor={id}>
        {label}
      </label>
      <span className="filter-choice">
        <select id={id} className="input" value={value} onChange={({ target }) => choose(target.value)}>
          {children}
        </select>
        <ChevronDown size={16} aria-hidden />
      </span>
    </div>
  );
}

/** On a phone they are there when they are asked for. */
function Times({ filter, change }: Filtering) {
  const [isOpen, setOpen] = useState(filter.from !== undefined || filter.to !== undefined);
  return (
    <>
      <div className="filter-times-open">
        <Button aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          <CalendarClock size={16} aria-hidden />
          Time
        </Button>
      </div>
      <div className={isOpen ? 'filter-times' : 'filter-times filter-times-closed'}>
        <When name="from" label="From" filter={filter} change={change} />
        <When name="to" label="Until" filter={filter} change={change} />
      </div>
    </>
  );
}

/** In the reader's own time zone; the URL has it in UTC. */
function When({
  name,
  label,
  filter,
  change,
}: Filtering & { readonly name: 'from' | 'to'; readonly label: string }) {
  const given = filter[name];
  return (
    <label className="filter filter-when">
      <span className="muted small">{label}</span>
      <input
        type="datetime-local"
        className="input"
        value={given === undefined ? '' : localTime(given)}
        onChange={({ target }) =>
          change(changed(filter, { [name]: target.value && new Date(target.value).toISOString() }))
        }
      />
    </label>
  );
}

function localTime(at: string): string {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
