const TODAY = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const EARLIER = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});
const WHOLE = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

/** A moment in the reader's own time zone: short, and whole when it is pointed at. */
export function Time({ at }: { readonly at: string }) {
  const date = new Date(at);
  const form = isToday(date) ? TODAY : EARLIER;
  return (
    <time dateTime={at} title={WHOLE.format(date)}>
      {form.format(date)}
    </time>
  );
}

function isToday(date: Date): boolean {
  return date.toDateString() === new Date().toDateString();
}
