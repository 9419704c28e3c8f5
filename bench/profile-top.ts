/*
 * Tells where a thread's time went: `node bench/profile-top.ts <file.cpuprofile> [lines]`, for what
 * `npm run bench -- 4 --profile <folder>` leaves behind. Idle time does not count.
 */
import { readFile } from 'node:fs/promises';

interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

const [, , path = '', lines = '40'] = process.argv;
const profile: Profile = JSON.parse(await readFile(path, 'utf8'));
const spent = spentMicros(profile);
const busy = profile.nodes.filter(({ callFrame }) => !['(idle)', '(root)'].includes(callFrame.functionName));
const whole = busy.reduce((sum, { id }) => sum + (spent.get(id) ?? 0), 0);
console.log(`busy ${(whole / 1e6).toFixed(2)} s`);
print('self time by function', sumBy(busy, nameOf));
print('self time by file', sumBy(busy, fileOf));
print('time by function and what it calls', inclusive());

function spentMicros({ samples, timeDeltas }: Profile): Map<number, number> {
  const micros = new Map<number, number>();
  for (const [index, id] of samples.entries()) {
    micros.set(id, (micros.get(id) ?? 0) + (timeDeltas[index] ?? 0));
  }
  return micros;
}

function nameOf({ callFrame }: ProfileNode): string {
  return `${callFrame.functionName || '(anonymous)'} ${shorten(callFrame.url)}:${callFrame.lineNumber + 1}`;
}

function fileOf({ callFrame }: ProfileNode): string {
  return callFrame.url === '' ? callFrame.functionName : shorten(callFrame.url);
}

function shorten(url: string): string {
  return url.replace(/^.*\/(node_modules|src|contract|bench)\//, '$1/');
}

function sumBy(nodes: readonly ProfileNode[], key: (node: ProfileNode) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const node of nodes) sums.set(key(node), (sums.get(key(node)) ?? 0) + (spent.get(node.id) ?? 0));
  return sums;
}

/** Each function once for a stack, however often it stands on it. */
function inclusive(): Map<string, number> {
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const sums = new Map<string, number>();
  const walk = (node: ProfileNode, above: ReadonlySet<string>): number => {
    const name = nameOf(node);
    const within = new Set(above).add(name);
    const children = (node.children ?? []).map((id) => byId.get(id)).filter((child) => child !== undefined);
    const total = children.reduce(
      (sum, child) => sum + walk(child, within),
      isIdle(node) ? 0 : (spent.get(node.id) ?? 0),
    );
    if (!above.has(name)) sums.set(name, (sums.get(name) ?? 0) + total);
    return total;
  };
  const [root] = profile.nodes;
  if (root !== undefined) walk(root, new Set());
  return sums;
}

function isIdle({ callFrame }: ProfileNode): boolean {
  return callFrame.functionName === '(idle)';
}

function print(title: string, sums: ReadonlyMap<string, number>): void {
  console.log(`\n${title}`);
  const sorted = [...sums].sort((a, b) => b[1] - a[1]).slice(0, Number(lines));
  for (const [name, micros] of sorted)
    console.log(`${((100 * micros) / whole).toFixed(1).padStart(5)} %  ${name}`);
}
