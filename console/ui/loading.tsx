import './loading.css';

/** Shown where something is awaited for longer than one notices. */
export function Loading() {
  return (
    <output className="loading">
      <span className="unseen">Loading</span>
      <span className="loading-bar" />
    </output>
  );
}
