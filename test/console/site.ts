import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody's web site: a page that embeds what another origin offers, and lets nothing else in. */
export interface Site extends AsyncDisposable {
  readonly origin: string;
  /** @param body the page's, as it is asked for next */
  show(body: string): void;
}

/**
 * @param gateway the one origin beside its own that the site's policy knows, for scripts and for requests. No styles, no inline
 * scripts, no HTML made of text.
 */
export async function startSite(gateway: string): Promise<Site> {
  let page = '';
  const policy = `default-src 'none'; script-src ${gateway}; connect-src ${gateway}; require-trusted-types-for 'script'`;
  const server = createServer((request, response) => {
    if (request.url !== '/') return void response.writeHead(204).end();
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('content-security-policy', policy);
    response.setHeader('cross-origin-embedder-policy', 'require-corp');
    response.end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    show: (body) => {
      page = `<!doctype html><html lang="en"><title>Shop</title><meta name="color-scheme" content="light dark"><script type="module" src="${gateway}/widget/v1.js"></script><main><h1>Shop</h1>${body}</main></html>`;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
