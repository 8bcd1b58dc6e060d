import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a server does with a request; `n` counts the requests from 0. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse, n: number) => void;

/** A web server on this machine that notes what it was asked. */
export class FileServer {
  readonly requests: { url: string; range: string | undefined }[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(behaviour: Behaviour) {
    this.#server = createServer((request, response) => {
      const n = this.requests.length;
      this.requests.push({ url: request.url ?? '', range: request.headers.range });
      behaviour(request, response, n);
    });
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(behaviour: Behaviour): Promise<FileServer> {
    const server = new FileServer(behaviour);
    await new Promise<void>(resolve => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get server(): Server {
    return this.#server;
  }

  get port(): number {
    const address = this.#server.address();
    return isAddress(address) ? address.port : 0;
  }

  /** Address of a folder on it, never asked before by this process. */
  get address(): string {
    return `http://127.0.0.1:${this.port}/data/`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise(resolve => this.#server.close(resolve));
  }
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
