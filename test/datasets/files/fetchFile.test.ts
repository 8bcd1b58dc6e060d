import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import type { ServerResponse } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Patience } from '../../../src/datasets/files/Download';
import { fetchFile, type Fetched } from '../../../src/datasets/files/fetchFile';
import type { OfficialFile } from '../../../src/datasets/files/officialFiles';
import { interrupt } from '../../../src/progress/interrupt';
import { setProgressPort } from '../../../src/progress/progressPort';
import { withEnv } from '../realData';
import { FileServer, type Behaviour } from './fileServer';

const content = randomBytes(400_000);
const file: OfficialFile = {
  name: 'numbers.npz',
  size: content.length,
  algorithm: 'sha256',
  hash: createHash('sha256').update(content).digest('hex'),
};
const patience: Patience = { connect: 400, stall: 400, pauses: [10, 20] };
/** For tests in which nothing hangs: a busy machine may be slow to answer. */
const calm: Patience = { ...patience, connect: 5000, stall: 5000 };
const noProxy = Object.fromEntries(
  ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].map(name => [
    name,
    undefined,
  ]),
);

describe('fetchFile', () => {
  let folder: string;
  let lines: string[];
  let servers: FileServer[];

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'keras-primer-')), 'datasets');
    lines = [];
    servers = [];
    setProgressPort({
      line: () => ({ update: text => void lines.push(text), finish: text => void lines.push(text) }),
    });
  });
  afterEach(async () => {
    setProgressPort(undefined);
    await Promise.all(servers.map(server => server.stop()));
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  async function serve(behaviour: Behaviour): Promise<FileServer> {
    const server = await FileServer.start(behaviour);
    servers.push(server);
    return server;
  }

  /** Sends a last piece and ends the connection, whatever was promised. */
  function breakOff(response: ServerResponse, piece: Buffer): void {
    response.write(piece, () => response.socket?.end());
  }

  const fetchFrom = (server: FileServer, wanted = file, folders = [folder]): Promise<Fetched> =>
    withEnv(noProxy, () => fetchFile(wanted, folders, server.address, patience));

  /** Only the finished file is there, with the right bytes: no parts, nothing else. */
  function isThere(fetched: Fetched, extra: string[] = []): void {
    assert.deepEqual(fetched, { path: join(folder, file.name) });
    assert.ok(readFileSync(join(folder, file.name)).equals(content));
    assert.deepEqual(readdirSync(folder).sort(), [file.name, ...extra].sort());
  }

  function isNotThere(fetched: Fetched, reason: string | RegExp): void {
    assert.ok('reason' in fetched);
    if (typeof reason === 'string') assert.equal(fetched.reason, reason);
    else assert.match(fetched.reason, reason);
    assert.deepEqual(existsSync(folder) ? readdirSync(folder) : [], []);
  }

  /** Nor a folder that was made for nothing. */
  function leavesNoFolder(): void {
    assert.deepEqual(readdirSync(join(folder, '..')), []);
  }

  it('downloads, verifies and tells how far it is', async () => {
    const server = await serve((_, response) => {
      response.write(content.subarray(0, 200_000));
      setTimeout(() => response.end(content.subarray(200_000)), 50);
    });
    isThere(await fetchFrom(server));
    assert.deepEqual(server.requests, [{ url: '/data/numbers.npz', range: undefined }]);
    assert.ok(
      lines.some(line => /^Downloading numbers\.npz: 0\.2 of 0\.4 MB, \d+\.\d MB\/s, \d+ s left$/.test(line)),
    );
    assert.match(
      lines.at(-1),
      /^Downloaded numbers\.npz: 0\.4 MB in \d+\.\d s, \d+\.\d MB\/s, sha256 verified$/,
    );
  });

  it('takes a body that ends with the connection, however slow the disk is', async () => {
    const large = randomBytes(8_000_000);
    const wanted: OfficialFile = {
      ...file,
      size: large.length,
      hash: createHash('sha256').update(large).digest('hex'),
    };
    const plain = createServer(socket => {
      socket.on('error', () => {});
      socket.once('data', () => {
        socket.write('HTTP/1.0 200 OK\r\n\r\n');
        socket.end(large);
      });
    });
    await new Promise<void>(resolve => plain.listen(0, '127.0.0.1', resolve));
    const place = plain.address();
    assert.ok(place !== null && typeof place === 'object');
    const address = `http://127.0.0.1:${place.port}/`;
    try {
      // It was a race: undici's fetch ended the process within a few of these.
      for (let i = 0; i < 10; i++) {
        const fetched = await withEnv(noProxy, () => fetchFile(wanted, [folder], address, calm));
        assert.deepEqual(fetched, { path: join(folder, file.name) });
        rmSync(join(folder, file.name));
      }
    } finally {
      plain.close();
    }
  });

  it('waits for a slow server as long as bytes come', async () => {
    const server = await serve((_, response) => {
      let at = 0;
      const timer = setInterval(() => {
        response.write(content.subarray(at, (at += 80_000)));
        if (at >= content.length) {
          clearInterval(timer);
          response.end();
        }
      }, 150);
    });
    isThere(await fetchFrom(server));
  });

  it('goes on where the last answer broke off', async () => {
    const server = await serve((request, response, n) => {
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const headers = { etag: '"one"', 'content-length': content.length - from };
      if (from > 0)
        response.writeHead(206, {
          ...headers,
          'content-range': `bytes ${from}-${content.length - 1}/${content.length}`,
        });
      else response.writeHead(200, headers);
      if (n === 3) response.end(content.subarray(from));
      else breakOff(response, content.subarray(from, from + 100_000));
    });
    isThere(await fetchFrom(server));
    assert.deepEqual(
      server.requests.map(request => request.range),
      [undefined, 'bytes=100000-', 'bytes=200000-', 'bytes=300000-'],
    );
  });

  it('begins again where a server cannot go on', async () => {
    const server = await serve((_, response, n) => {
      response.writeHead(200, { etag: `"${n}"` });
      if (n === 1) response.end(content);
      else breakOff(response, content.subarray(0, 100_000));
    });
    isThere(await fetchFrom(server));
  });

  it('does not trust what is continued at the wrong place', async () => {
    const server = await serve((request, response, n) => {
      if (n === 0) {
        response.writeHead(200, { etag: '"a"' });
        breakOff(response, content.subarray(0, 100_000));
      } else if (request.headers.range !== undefined) {
        response.writeHead(206, {
          etag: '"a"',
          'content-range': `bytes 50-${content.length - 1}/${content.length}`,
        });
        response.end(content.subarray(50));
      } else response.end(content);
    });
    isThere(await fetchFrom(server));
  });

  it('begins again after wrong bytes and gives up when they stay wrong', async () => {
    const wrong = Buffer.from(content);
    wrong[1000]! ^= 1;
    const once = await serve((_, response, n) => void response.end(n === 0 ? wrong : content));
    isThere(await fetchFrom(once));
    rmSync(join(folder, file.name));
    const always = await serve((_, response) => void response.end(wrong));
    const hash = createHash('sha256').update(wrong).digest('hex');
    isNotThere(
      await fetchFrom(always),
      `${always.address}numbers.npz gave sha256 ${hash} instead of ${file.hash}`,
    );
    assert.equal(always.requests.length, 3);
  });

  it('is not deceived by lengths', async () => {
    const tooLong = await serve(
      (_, response) => void response.end(Buffer.concat([content, Buffer.alloc(9)])),
    );
    isNotThere(
      await fetchFrom(tooLong),
      `${tooLong.address}numbers.npz gave more than the 400000 bytes of numbers.npz`,
    );
    const endless = await serve((_, response) => {
      const timer = setInterval(() => response.write(Buffer.alloc(1_000_000)), 1);
      response.on('close', () => clearInterval(timer));
    });
    isNotThere(await fetchFrom(endless), /gave more than the 400000 bytes/);
    const tooShort = await serve((_, response) => void response.end(content.subarray(0, 1000)));
    isNotThere(await fetchFrom(tooShort), `${tooShort.address}numbers.npz ended after 1000 of 400000 bytes`);
    const claims = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 10 ** 12 });
      breakOff(response, content.subarray(0, 1000));
    });
    isNotThere(await fetchFrom(claims), /numbers\.npz broke off: /);
    const html = await serve((_, response) => void response.end('<html>Please log in</html>'));
    isNotThere(await fetchFrom(html), /ended after 26 of 400000 bytes$/);
  });

  it('follows redirects, but not for ever', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/data/numbers.npz') response.writeHead(302, { location: '/elsewhere' }).end();
      else response.end(content);
    });
    isThere(await fetchFrom(server));
    rmSync(join(folder, file.name));
    const loop = await serve(
      (_, response) => void response.writeHead(302, { location: '/data/numbers.npz' }).end(),
    );
    isNotThere(await fetchFrom(loop), `${loop.address}numbers.npz answered HTTP 302`);
  });

  it('gives up at 404 at once and at 503 after three tries', async () => {
    const missing = await serve((_, response) => void response.writeHead(404).end('no'));
    isNotThere(await fetchFrom(missing), `${missing.address}numbers.npz answered HTTP 404`);
    assert.equal(missing.requests.length, 1);
    leavesNoFolder();
    const busy = await serve((_, response) => void response.writeHead(503).end());
    isNotThere(await fetchFrom(busy), `${busy.address}numbers.npz answered HTTP 503`);
    assert.equal(busy.requests.length, 3);
    leavesNoFolder();
    const soon = await serve(
      (_, response, n) => void (n < 2 ? response.writeHead(503).end() : response.end(content)),
    );
    isThere(await fetchFrom(soon));
  });

  it('asks a silent server once per process', async () => {
    const silent = await serve(() => {});
    const began = performance.now();
    isNotThere(await fetchFrom(silent), `no answer from 127.0.0.1:${silent.port}: no answer within 0.4 s`);
    assert.ok(performance.now() - began < 2000);
    isNotThere(await fetchFrom(silent, { ...file, name: 'other.npz' }), /^no answer from /);
    assert.equal(silent.requests.length, 1);
    leavesNoFolder();
  });

  it('finds out that nobody listens', async () => {
    const gone = await serve(() => {});
    const { port, address } = gone;
    await gone.stop();
    servers.pop();
    const fetched = await withEnv(noProxy, () => fetchFile(file, [folder], address, patience));
    isNotThere(fetched, new RegExp(`^no answer from 127\\.0\\.0\\.1:${port}: .*ECONNREFUSED`));
    leavesNoFolder();
  });

  it('gives up a body that hangs, after three tries', async () => {
    const server = await serve((_, response) => void response.write(content.subarray(0, 1000)));
    isNotThere(await fetchFrom(server), /numbers\.npz broke off: /);
    assert.ok(server.requests.length <= 4);
  });

  it('stops at the stop button and leaves nothing behind', async () => {
    const server = await serve((_, response) => {
      response.write(content.subarray(0, 1000));
      setTimeout(() => interrupt(), 50);
    });
    await assert.rejects(fetchFrom(server), { message: 'The download of numbers.npz was stopped.' });
    assert.deepEqual(readdirSync(folder), []);
  });

  it('sets a file with a wrong hash aside and names it', async () => {
    mkdirSync(folder);
    const hash = createHash('sha256').update('old').digest('hex');
    const server = await serve((_, response) => void response.end(content));
    const aside = `numbers.npz.wrong-${hash.slice(0, 8)}`;
    for (const extra of [[aside], [aside, `${aside}-2`]]) {
      writeFileSync(join(folder, file.name), 'old');
      isThere(await fetchFrom(server), extra);
      assert.equal(readFileSync(join(folder, extra.at(-1)), 'utf8'), 'old');
      assert.equal(lines.at(-1), `Set aside a file with a wrong hash: ${join(folder, extra.at(-1))}`);
    }
  });

  it('leaves a file with a wrong hash alone when the right one cannot be had', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, file.name), 'old');
    const server = await serve((_, response) => void response.writeHead(404).end());
    assert.ok('reason' in (await fetchFrom(server)));
    assert.deepEqual(readdirSync(folder), [file.name]);
    assert.equal(readFileSync(join(folder, file.name), 'utf8'), 'old');
  });

  it('removes parts that killed processes left, not those of running ones', async () => {
    mkdirSync(folder);
    const old = join(folder, 'numbers.npz.0123456789ab.part');
    const fresh = join(folder, 'numbers.npz.ba9876543210.part');
    const other = join(folder, 'numbers.npz.mine.part');
    for (const path of [old, fresh, other]) writeFileSync(path, 'x');
    const yesterday = Date.now() / 1000 - 86_400;
    for (const path of [old, other]) utimesSync(path, yesterday, yesterday);
    const server = await serve((_, response) => void response.end(content));
    isThere(await fetchFrom(server), ['numbers.npz.ba9876543210.part', 'numbers.npz.mine.part']);
  });

  it('never writes into a read-only folder', async () => {
    mkdirSync(folder);
    chmodSync(folder, 0o555);
    const server = await serve((_, response) => void response.end(content));
    isNotThere(await fetchFrom(server), `cannot write to ${folder} (read-only folder)`);
    assert.equal(server.requests.length, 0);
    const second = join(folder, '..', 'second');
    const fetched = await fetchFrom(server, file, [folder, second]);
    assert.deepEqual(fetched, { path: join(second, file.name) });
    assert.deepEqual(readdirSync(folder), []);
    chmodSync(folder, 0o755);
  });

  it('makes no folder inside a read-only one', async () => {
    const outer = join(folder, '..', 'outer');
    mkdirSync(outer, { mode: 0o555 });
    const inner = join(outer, 'keras', 'datasets');
    const server = await serve((_, response) => void response.end(content));
    const fetched = await fetchFrom(server, file, [inner]);
    assert.deepEqual(fetched, { reason: `cannot write to ${inner} (read-only folder)` });
    assert.equal(server.requests.length, 0);
    assert.deepEqual(readdirSync(outer), []);
    chmodSync(outer, 0o755);
  });

  it('says that the place is no folder', async () => {
    writeFileSync(folder, 'a file');
    const server = await serve((_, response) => void response.end(content));
    const fetched = await fetchFrom(server);
    assert.ok('reason' in fetched);
    assert.match(fetched.reason, /^cannot write to .* is no folder\)$/);
  });

  if (!mayMount()) it('on a full disk: not run: no right to mount a small disk', () => {});
  else
    it('says that the disk is full and leaves nothing behind', async () => {
      mkdirSync(folder);
      mountSmallDisk(folder);
      try {
        const server = await serve((_, response) => void response.end(content));
        isNotThere(await fetchFrom(server), `no space left in ${folder} for the 0.4 MB of numbers.npz`);
      } finally {
        execFileSync('umount', [folder]);
      }
    });

  it('lets two processes do it at once', async () => {
    const server = await serve((_, response) => {
      response.write(content.subarray(0, 100_000));
      setTimeout(() => response.end(content.subarray(100_000)), 1500);
    });
    const work = JSON.stringify({ file, folders: [folder], address: server.address });
    const root = join(__dirname, '../../..');
    const run = () =>
      promisify(execFile)(
        process.execPath,
        ['--require', 'tsx/cjs', join(__dirname, 'fetchInProcess.ts'), work],
        { cwd: root, env: { ...process.env, ...noProxy, no_proxy: '*' } },
      );
    const done = await Promise.all([run(), run()]);
    for (const { stdout } of done) {
      assert.deepEqual(JSON.parse(stdout.trim().split('\n').at(-1)), { path: join(folder, file.name) });
    }
    assert.equal(server.requests.length, 2);
    isThere({ path: join(folder, file.name) });
  }).timeout(60_000);

  it('honours the proxies of the environment', async () => {
    const server = await serve((_, response) => void response.end(content));
    const tunnels: string[] = [];
    const proxy = await serve((request, response) => {
      tunnels.push(request.url ?? '');
      response.end(content);
    });
    proxy.server.on('connect', (request, socket, head) => {
      tunnels.push(request.url ?? '');
      const through = connect(server.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        through.write(head);
        through.pipe(socket);
        socket.pipe(through);
      });
      through.on('error', () => socket.destroy());
      socket.on('error', () => through.destroy());
    });
    const use = { ...noProxy, http_proxy: `http://127.0.0.1:${proxy.port}` };
    isThere(await withEnv(use, () => fetchFile(file, [folder], server.address, calm)));
    assert.equal(tunnels.length, 1);
    rmSync(join(folder, file.name));
    const bypass = { ...use, no_proxy: '127.0.0.1' };
    isThere(await withEnv(bypass, () => fetchFile(file, [folder], server.address, calm)));
    assert.equal(tunnels.length, 1);
  });

  it('says that a proxy is no address', async () => {
    const server = await serve((_, response) => void response.end(content));
    const fetched: Fetched = await withEnv({ ...noProxy, http_proxy: 'no address' }, () =>
      fetchFile(file, [folder], server.address, patience),
    );
    isNotThere(fetched, /^the proxy in the environment \(HTTP_PROXY, HTTPS_PROXY\) cannot be used: .*URL/);
  });
});

function mountSmallDisk(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', folder], { stdio: 'ignore' });
}

function mayMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'keras-primer-'));
  try {
    mountSmallDisk(folder);
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
