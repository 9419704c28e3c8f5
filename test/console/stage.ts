import type { Browser, Page } from 'playwright-core';
import type { Clock } from '../../src/kit/clock.ts';
import { launchChromium } from '../chromium.ts';
import { PBX_LOGIN, startSandboxGateway, type SandboxGateway } from '../gateway.ts';

/** The console in real Chromium, on the real server with the PBX in the box, ten times as fast as life. */
export interface Stage extends AsyncDisposable {
  readonly gateway: SandboxGateway;
  /** A page of a browser that has seen nothing yet, and all that is wrong with what it does. */
  open(options?: StageOptions): Promise<{ readonly page: Page; readonly complaints: readonly string[] }>;
}

interface StageOptions {
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  /** Comes with each request, instead of a session. */
  readonly key?: string;
}

/** A PBX that somebody connects may be on this machine. */
const HERE = { C2C_PBX_NETWORKS: '127.0.0.0/8' };

/**
 * @param signup who may sign up. A new account has the PBX in the box, as `sandbox`.
 * @param clock the server's; the PBX in the box has the machine's own
 * @param environment settings of the service itself
 */
export async function startStage(
  signup: 'open' | 'invitation' | 'closed' = 'closed',
  {
    clock,
    environment,
  }: { readonly clock?: Clock; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<Stage> {
  const gateway = await startSandboxGateway({ C2C_SIGNUP: signup, ...HERE, ...environment }, {}, {}, clock);
  const { parts, pbx, server } = gateway;
  server.furnishWith(async ({ id }) => {
    const settings = { host: pbx.host, port: pbx.port, ...PBX_LOGIN };
    await parts.directory.addPbx(id, 'sandbox', 'asterisk-ami', settings);
  });
  const browser = await launchChromium();
  return {
    gateway,
    open: (options) => openPage(browser, gateway.url, options),
    async [Symbol.asyncDispose]() {
      await browser.close();
      await gateway[Symbol.asyncDispose]();
    },
  };
}

/** A page of a browser that has seen nothing yet. */
export async function openPage(
  browser: Browser,
  url: string,
  { width = 1440, scheme = 'light', key }: StageOptions = {},
) {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height: 900 },
    colorScheme: scheme,
    locale: 'en-GB',
    // A colour that is on its way to another one has the contrast of neither.
    reducedMotion: 'reduce',
    ...(key === undefined ? {} : { extraHTTPHeaders: { authorization: `Bearer ${key}` } }),
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  // A refusal of the policy is told here as well. An answer that is no 2xx is no complaint: pages show those.
  page.on('console', (message) => {
    if (
      ['error', 'warning'].includes(message.type()) &&
      !message.text().startsWith('Failed to load resource')
    )
      complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== url) complaints.push(`It asked ${request.url()}`);
  });
  return { page, complaints };
}
