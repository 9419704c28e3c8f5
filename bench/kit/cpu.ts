import { readdir, readFile } from 'node:fs/promises';
import type { Gateway } from './gateway.ts';

/** Names the threads that work for a click; the others (V8's, libuv's) are taken together. */
const MAIN = 'main';
const OTHERS = 'V8 and libuv';

/** Microseconds of processor that a click takes, by thread: unlike clicks a second, they bear a busy machine. */
export async function cpuPerClick(
  gateway: Gateway,
  clicks: () => Promise<number>,
): Promise<ReadonlyMap<string, number>> {
  const before = await cpuMicros(gateway.pid);
  const count = await clicks();
  const after = await cpuMicros(gateway.pid);
  return new Map([...after].map(([name, micros]) => [name, (micros - (before.get(name) ?? 0)) / count]));
}

async function cpuMicros(pid: number): Promise<Map<string, number>> {
  const tasks = `/proc/${pid}/task`;
  const sums = new Map<string, number>();
  for (const thread of await readdir(tasks)) {
    const [comm, schedstat] = await Promise.all([
      readFile(`${tasks}/${thread}/comm`, 'utf8'),
      readFile(`${tasks}/${thread}/schedstat`, 'utf8'),
    ]);
    const name = nameOf(Number(thread) === pid ? MAIN : comm.trim());
    // Its first number is the time on a processor, in nanoseconds.
    sums.set(name, (sums.get(name) ?? 0) + Number(schedstat.split(' ', 1)[0]) / 1000);
  }
  return sums;
}

function nameOf(comm: string): string {
  return comm === MAIN || comm.startsWith('store-writer') ? comm : OTHERS;
}

export function describeCpu(micros: ReadonlyMap<string, number>): string {
  return [...micros].map(([name, value]) => `${name} ${value.toFixed(0)} µs`).join(', ');
}
