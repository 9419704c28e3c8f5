import { join } from 'node:path';
import { amiPbx, makeAccount, STUB_USER, type BenchPbx } from './account.ts';
import { click, NUMBERS_OF_LAB, type HttpLoad, type Numbers } from './clicks.ts';
import { startGateway, type Gateway } from './gateway.ts';
import type { AmiJob, EslJob, HttpJob, LoadResult } from './load.ts';
import { startPbx, type Pbx } from './pbx.ts';
import type { Telling } from './recorded-life.ts';
import type { Row } from './row.ts';
import { makeRunFolder } from './run-folder.ts';
import { startWorker, type Worker } from './worker.ts';

/** A gateway and the key of its account. */
export interface Subject extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly key: string;
  readonly dataDir: string;
}

export interface BenchOptions {
  readonly rounds: number;
  /** A folder to put profiles of the gateway in. */
  readonly profileInto?: string;
}

/** What the figures share. Each part is started when it is first asked for, and ended with the whole. */
export class Bench implements AsyncDisposable {
  readonly rounds: number;
  readonly nodeArgs: readonly string[];
  readonly #stack = new AsyncDisposableStack();
  #pbx: Promise<Pbx> | undefined;
  #http: Promise<HttpLoad> | undefined;
  #ami: Promise<Worker<AmiJob, LoadResult>> | undefined;
  #esl: Promise<Worker<EslJob, LoadResult>> | undefined;
  #stub: Promise<BenchPbx> | undefined;

  constructor({ rounds, profileInto }: BenchOptions) {
    this.rounds = rounds;
    this.nodeArgs = profileInto === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileInto}`];
  }

  pbx(): Promise<Pbx> {
    return (this.#pbx ??= this.#keep(startPbx()));
  }

  http(): Promise<HttpLoad> {
    return (this.#http ??= this.#keep(startWorker<HttpJob, LoadResult>('http-load')));
  }

  ami(): Promise<Worker<AmiJob, LoadResult>> {
    return (this.#ami ??= this.#keep(startWorker<AmiJob, LoadResult>('ami-load')));
  }

  esl(): Promise<Worker<EslJob, LoadResult>> {
    return (this.#esl ??= this.#keep(startWorker<EslJob, LoadResult>('esl-load')));
  }

  /** The PBX that says yes at once. */
  stub(): Promise<BenchPbx> {
    return (this.#stub ??= this.stubThatTells('end'));
  }

  /** One more of it, that tells so much of its calls. */
  async stubThatTells(tells: Telling): Promise<BenchPbx> {
    return amiPbx('stub', await this.listener('ami-stub', { tells }), STUB_USER);
  }

  /** Starts one of `bench/processes` that listens, for as long as this bench. */
  async listener(name: string, job: object = {}): Promise<number> {
    const worker = await this.#keep(startWorker<object, { readonly port: number }>(name));
    return (await worker.run(job)).port;
  }

  /** A gateway with a fresh database, whose account tells a receiver of webhooks all or nobody; its session with the first of the PBXs is open, so that no round pays for it. */
  async subject(
    pbxs: readonly BenchPbx[],
    numbers: Numbers = NUMBERS_OF_LAB,
    receiverUrl?: string,
  ): Promise<Subject> {
    await using stack = new AsyncDisposableStack();
    const { path } = stack.use(await makeRunFolder());
    const dataDir = join(path, 'data');
    const { key } = await makeAccount(dataDir, pbxs, receiverUrl);
    const gateway = stack.use(await startGateway({ dataDir, runFolder: path, nodeArgs: this.nodeArgs }));
    await click(await this.http(), gateway, key, { atOnce: 1, count: 1, pbx: pbxs[0]?.name, numbers });
    const kept = stack.move();
    return { gateway, key, dataDir, [Symbol.asyncDispose]: () => kept.disposeAsync() };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }

  async #keep<Part extends AsyncDisposable>(starting: Promise<Part>): Promise<Part> {
    return this.#stack.use(await starting);
  }
}

/** One figure: measures, and gives its rows. */
export type Figure = (bench: Bench) => Promise<Row[]>;
