import { useEffect, useState } from 'react';

/** Seconds since it came to be true, by this machine's own clock, which the server's need not agree with. */
export function useSecondsSince(isTrue: boolean): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!isTrue) return;
    const begun = performance.now();
    const timer = setInterval(() => setSeconds((performance.now() - begun) / 1_000), 250);
    return () => {
      clearInterval(timer);
      setSeconds(0);
    };
  }, [isTrue]);
  return seconds;
}
