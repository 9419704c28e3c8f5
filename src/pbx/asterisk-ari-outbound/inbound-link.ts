import type { Conductor } from '../asterisk/ari/conductor.ts';
import type { AriConnection } from '../asterisk/ari/rest.ts';
import type { AriLink } from '../asterisk/ari/session.ts';
import { PbxError, type SessionDeps } from '../contract.ts';
import { SocketConnection } from './socket-connection.ts';

/**
 * The connections that a PBX has opened to us. Orders go over the newest: of several, it is the one that the PBX itself
 * believes in. Events are heard on all, until another session of the PBX does: two would take one call further twice.
 */
export class InboundLink implements AriLink {
  readonly #app: string;
  readonly #deps: SessionDeps;
  readonly #conductor: Conductor;
  readonly #connections = new Set<SocketConnection>();
  readonly #stopListening: () => void;
  #taken = 0;
  #isSuperseded = false;

  constructor(app: string, deps: SessionDeps, conductor: Conductor) {
    this.#app = app;
    this.#deps = deps;
    this.#conductor = conductor;
    const supersede = () => {
      this.#isSuperseded = true;
    };
    this.#stopListening =
      deps.inbound?.listen((socket) => this.#take(socket), supersede) ?? (() => undefined);
  }

  ready(): Promise<AriConnection> {
    const newest = [...this.#connections].at(-1);
    if (newest !== undefined) return Promise.resolve(newest);
    return Promise.reject(this.#deps.inbound === undefined ? nobodyServes() : notConnected());
  }

  close(): void {
    this.#stopListening();
    for (const connection of this.#connections) connection.leave('The session was closed.');
    this.#connections.clear();
  }

  #take(socket: ConstructorParameters<typeof SocketConnection>[0]): void {
    const connection = new SocketConnection(socket, this.#app, this.#deps, (event, raw) => {
      if (!this.#isSuperseded) this.#conductor.hear(event, raw, connection);
    });
    this.#connections.add(connection);
    if (this.#isSuperseded) return this.#forgetWhenClosed(connection);
    this.#deps.log.info({ open: this.#connections.size }, 'The PBX connected to us.');
    if (this.#taken++ > 0) this.#deps.emit({ type: 'resumed', atMicros: this.#deps.clock.nowMicros() });
    this.#forgetWhenClosed(connection);
    connection.filterEvents();
    this.#conductor.resume(connection);
  }

  #forgetWhenClosed(connection: SocketConnection): void {
    void connection.closed.then((reason) => {
      if (this.#connections.delete(connection))
        this.#deps.log.warn({ reason }, 'A connection of the PBX to us ended.');
    });
  }
}

function nobodyServes(): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_unreachable',
    said: 'This PBX connects to the running server, and there is none',
    remedy:
      'Start it with click2call serve, on the same data folder (C2C_DATA_DIR), and try again when the PBX has connected.',
  });
}

function notConnected(): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'pbx_unreachable',
    said: 'The PBX is not connected to us',
    remedy:
      'Check on the PBX: asterisk -rx "ari show outbound-websockets", its way to the internet, and that the files of ' +
      'this PBX stand in websocket_client.conf and ari.conf as they were given.',
  });
}
