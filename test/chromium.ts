import sparticuz from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

/** Arguments that the package gives for a cloud function: one process for all pages, and no walls between origins. */
const UNFIT =
  /^--(single-process|no-zygote|disable-web-security|allow-running-insecure-content|disable-site-isolation)/;

/** A real Chromium, from inside an npm package. It asks nobody outside this machine for anything. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: [
      ...sparticuz.args.filter((argument) => !UNFIT.test(argument)),
      '--disable-background-networking',
      '--disable-component-update',
    ],
  });
}
