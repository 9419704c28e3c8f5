import { buildConsole } from '../console/build.ts';

/** The console that tests meet is the one of these sources. */
export async function setup(): Promise<void> {
  await buildConsole();
}
