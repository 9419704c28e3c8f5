/** The sign of the house: one end reached, one still to be. */
export function Mark({ size = 24 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden className="mark">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path
        d="M12.5 16h6"
        stroke="var(--on-accent)"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeDasharray="0.1 5"
      />
      <circle cx="8.5" cy="16" r="3.25" fill="none" stroke="var(--on-accent)" strokeWidth="2.5" />
      <circle cx="23.5" cy="16" r="4.5" fill="var(--on-accent)" />
    </svg>
  );
}
