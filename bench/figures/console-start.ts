import type { Browser, Page } from 'playwright-core';
import { buildConsole } from '../../console/build.ts';
import { launchChromium } from '../../test/chromium.ts';
import { untilPressed, untilTyped } from '../../test/console/until-usable.ts';
import type { Bench, Figure } from '../kit/bench.ts';
import { atMost, valueRow } from '../kit/row.ts';

/** How soon the console can be worked with, in a browser that has nothing of it yet. */
export const consoleStart: Figure = async (bench) => {
  await using place = await openPlace(bench);
  const typed: number[] = [];
  const pressed: number[] = [];
  // The first round counts for nothing: the server reads its files when they are first asked for.
  for (let round = 0; round <= bench.rounds; round += 1) {
    typed.push(await inFreshContext(place, untilTyped));
    pressed.push(await inFreshContext(place, untilPressed));
  }
  return [
    valueRow('16. from its URL to a log-in page whose field takes a key', typed.slice(1), 's', atMost(1)),
    valueRow('   to a start page whose button has opened the dialler', pressed.slice(1), 's', atMost(1)),
  ];
};

interface Place extends AsyncDisposable {
  readonly browser: Browser;
  readonly url: string;
  readonly key: string;
}

async function openPlace(bench: Bench): Promise<Place> {
  await using stack = new AsyncDisposableStack();
  await buildConsole();
  const { gateway, key } = stack.use(await bench.subject([await bench.stub()]));
  const browser = await launchChromium();
  stack.defer(() => browser.close());
  const url = `http://127.0.0.1:${gateway.port}`;
  const kept = stack.move();
  return { browser, url, key, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Gives seconds. Where nobody needs to be logged in, the key, which stands for a session, changes nothing. */
async function inFreshContext(
  { browser, url, key }: Place,
  until: (page: Page) => Promise<number>,
): Promise<number> {
  const extraHTTPHeaders = { authorization: `Bearer ${key}` };
  const context = await browser.newContext({ baseURL: url, locale: 'en-GB', extraHTTPHeaders });
  const tookMs = await until(await context.newPage());
  await context.close();
  return tookMs / 1000;
}
