import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build, type Rolldown } from 'vite';

/**
 * The bill of materials of what is shipped: `npm run sbom` (CycloneDX 1.5). To npm whatever the console is made of is for development
 * alone, because no server needs it. Its code is in the built pages all the same, so it is in the bill too.
 */
const home = join(import.meta.dirname, '..');
const PROGRAMS = ['console', 'widget'];
const BILL_BYTES_MAX = 16 * 1024 * 1024;
/** The folder of the package that a file belongs to. */
const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;
/** Code that the builder itself puts in has an id that names it: `\0vite/preload-helper.js`. */
// oxlint-disable-next-line no-control-regex
const BY_THE_BUILDER = /^\0(vite|rolldown)\//;
const FOR_DEVELOPMENT = 'cdx:npm:package:development';

interface Component {
  /** `react@19.3.1`, and so it is in `dependencies`. */
  readonly 'bom-ref': string;
  readonly name: string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

/** Of `package.json`. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

interface Bill {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** Of all that is installed. */
async function billOfNpm(): Promise<Bill> {
  const args = ['sbom', '--sbom-format', 'cyclonedx'];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: home, maxBuffer: BILL_BYTES_MAX });
  return JSON.parse(stdout) as Bill;
}

/** The packages of which there is code, a style or a font in what browsers load, as `react@19.3.1`. */
async function bundled(program: string): Promise<string[]> {
  const root = join(home, program);
  const built = await build({ root, mode: 'production', logLevel: 'warn', build: { write: false } });
  const files = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  return files
    .flatMap((file) => (file.type === 'chunk' ? modulesOf(file) : file.originalFileNames))
    .map((name) => name.replace(BY_THE_BUILDER, `${home}/node_modules/$1/`))
    .flatMap((name) => PACKAGE.exec(resolve(root, name))?.[0] ?? [])
    .map((folder) => refOf(folder));
}

/** Those of which something is left. */
function modulesOf({ modules }: Rolldown.OutputChunk): string[] {
  return Object.entries(modules)
    .filter(([, { renderedLength }]) => renderedLength > 0)
    .map(([id]) => id);
}

function refOf(folder: string): string {
  const { name, version } = manifestIn(folder);
  return `${name}@${version}`;
}

function nameOf(ref: string): string {
  return ref.replace(/@[^@]+$/, '');
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/**
 * What the server needs: what it depends on, and what comes along with that. Not what `--omit dev` leaves of it: a library that
 * something for development depends on as well, as on `pg`, is left out there.
 */
function neededBy({ metadata, dependencies }: Bill): Set<string> {
  const dependsOn = new Map(dependencies.map((each) => [each.ref, each.dependsOn]));
  const { dependencies: direct } = manifestIn(home);
  const needed = new Set(
    dependsOn.get(metadata.component['bom-ref'])?.filter((ref) => nameOf(ref) in (direct ?? {})),
  );
  // A set that grows is gone through to its new end.
  for (const ref of needed) for (const each of dependsOn.get(ref) ?? []) needed.add(each);
  return needed;
}

/** What the server needs and what browsers load, and of each how it depends on the others. */
async function billOfWhatIsShipped(): Promise<Bill> {
  const all = await billOfNpm();
  const inBrowsers = (await Promise.all(PROGRAMS.map(bundled))).flat();
  const own = all.metadata.component;
  const shipped = new Set([...neededBy(all), ...inBrowsers]);
  const known = new Set(all.components.map((each) => each['bom-ref']));
  const unknown = [...shipped].filter((ref) => !known.has(ref));
  if (unknown.length > 0) throw new Error(`npm does not know of ${unknown.join(', ')}, which is shipped.`);
  return {
    ...all,
    // npm has the name of the folder there.
    metadata: { ...all.metadata, component: { ...own, name: nameOf(own['bom-ref']) } },
    components: all.components
      .filter((each) => shipped.has(each['bom-ref']))
      .map((each) => ({
        ...each,
        properties: each.properties?.filter(({ name }) => name !== FOR_DEVELOPMENT) ?? [],
      })),
    dependencies: all.dependencies
      .filter(({ ref }) => shipped.has(ref) || ref === own['bom-ref'])
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => shipped.has(each)) })),
  };
}

process.stdout.write(`${JSON.stringify(await billOfWhatIsShipped(), null, 2)}\n`);
