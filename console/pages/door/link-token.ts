import { useEffect, useState } from 'react';

/** As they are made: one that is shorter lost a part when it was copied. */
const WHOLE = /^[\w-]{20,100}$/;

export function isWhole(token: string): boolean {
  return WHOLE.test(token);
}

/**
 * What stands behind the `#` of a link that was sent: no server on the way sees it. It is taken out of the address bar, where
 * somebody may look over one's shoulder or copy it on.
 */
export function useLinkToken(): string {
  const [token] = useState(() => window.location.hash.slice(1));
  useEffect(() => {
    const { hash, pathname } = window.location;
    if (hash !== '') window.history.replaceState(window.history.state, '', pathname);
    // A link that is put into the address bar of its own page loads no page by itself.
    const begin = () => window.location.reload();
    window.addEventListener('hashchange', begin);
    return () => window.removeEventListener('hashchange', begin);
  }, []);
  return token;
}
