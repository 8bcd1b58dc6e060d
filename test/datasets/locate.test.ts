import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { officialFiles } from '../../src/datasets/files/officialFiles';
import { bostonHousing } from '../../src/datasets/bostonHousing';
import { imdb } from '../../src/datasets/imdb';
import { reuters } from '../../src/datasets/reuters';
import { setProgressPort } from '../../src/progress/progressPort';
import { provenance } from '../../src/provenance/provenance';
import { golden, hashesOf, hashText } from './golden';
import { FileServer } from './files/fileServer';
import { describeReal, realHome, warnings, withEnv } from './realData';

const official = 'https://storage.googleapis.com/tensorflow/tf-keras-datasets/';

describe('where the loaders find their data', () => {
  let home: string;
  let datasets: string;
  let server: FileServer;
  /** Serves the real files while it is undefined, else only what it says. */
  let answer: number | undefined;

  before(async () => {
    setProgressPort({ line: () => ({ update: () => {}, finish: () => {} }) });
    server = await FileServer.start((request, response) => {
      if (answer !== undefined || realHome === undefined) response.writeHead(answer ?? 404).end();
      else
        response.end(readFileSync(join(realHome, 'datasets', (request.url ?? '').split('/').at(-1) ?? '')));
    });
  });
  after(async () => {
    setProgressPort(undefined);
    await server.stop();
  });
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'keras-primer-'));
    datasets = join(home, 'datasets');
    answer = 404;
    server.requests.length = 0;
  });
  afterEach(() => rmSync(home, { recursive: true }));

  /** Run with only this folder and this server in the world. */
  function alone<T>(run: () => Promise<T>, more: Record<string, string> = {}): Promise<T> {
    const proxies = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'].map(name => [name, undefined]);
    return withEnv(
      {
        ...Object.fromEntries(proxies),
        KERAS_HOME: home,
        TMPDIR: home,
        KERAS_PRIMER_DATA: undefined,
        KERAS_PRIMER_DATA_URL: server.address,
        ...more,
      },
      run,
    );
  }

  it('gives sample data with one notice where there is nothing else', async () => {
    await alone(async () => {
      let sizes: number[] = [];
      const load = async (): Promise<void> => {
        const [[xTrain, yTrain], [xTest]] = await imdb.loadData({ numWords: 10000 });
        sizes = [xTrain.length, yTrain.length, xTest.length];
      };
      const said = await warnings(async () => {
        await load();
        await load();
      });
      assert.deepEqual(sizes, [25000, 25000, 25000]);
      assert.deepEqual(said, [
        [
          'NOTICE: imdb gives SAMPLE data: generated texts, not the real data set.',
          `Why: ${server.address}imdb.npz answered HTTP 404.`,
          `For the real data put these files into ${datasets} and load again:`,
          `  ${official}imdb.npz`,
          `  ${official}imdb_word_index.json`,
        ].join('\n'),
      ]);
      assert.deepEqual(imdb.source(), { kind: 'sample', path: null });
      assert.ok(provenance().some(entry => entry.name === 'imdb' && entry.detail === 'sample'));
    });
  }).timeout(60_000);

  describeReal('what was loaded last', folder => {
    it('decides on the word index', async () => {
      const path = join(folder, 'datasets', officialFiles.imdb.name);
      await alone(
        async () => {
          await imdb.loadData({ path });
          assert.deepEqual(imdb.source(), { kind: 'real', path });
          await assert.rejects(
            imdb.decode([1, 14, 22]),
            /^Error: Expected the word index of the real imdb\.npz, received none: KERAS_PRIMER_DATA=sample asks for them\. Put the file /,
          );
          await imdb.loadData();
          assert.equal(imdb.source()?.kind, 'sample');
        },
        { KERAS_PRIMER_DATA: 'sample' },
      );
      // The real files are here now, but the ids at hand are the sample's.
      await alone(
        async () => {
          const sample = await imdb.getWordIndex();
          assert.notEqual(Object.keys(sample).length, golden.imdbWordIndex.size);
          await imdb.loadData();
          assert.equal(Object.keys(await imdb.getWordIndex()).length, golden.imdbWordIndex.size);
        },
        { KERAS_HOME: folder },
      );
    });
  });

  it('refuses another name that is not there, samples asked for or not', async () => {
    await alone(
      async () => {
        for (const loader of [imdb, bostonHousing]) {
          await assert.rejects(
            loader.loadData({ path: 'own.npz' }),
            /to name a file in .*, received "own\.npz", which is not there\./,
          );
        }
      },
      { KERAS_PRIMER_DATA: 'sample' },
    );
  });

  it('gives the word index of the same kind as the data', async () => {
    mkdirSync(datasets);
    if (realHome !== undefined) {
      // The real index without the real data would give words to ids that are none of theirs.
      const name = officialFiles.imdbWordIndex.name;
      copyFileSync(join(realHome, 'datasets', name), join(datasets, name));
    }
    await alone(async () => {
      await warnings(async () => {
        const index = await imdb.getWordIndex();
        assert.notEqual(Object.keys(index).length, golden.imdbWordIndex.size);
        const [[x]] = await imdb.loadData({ numWords: 2000 });
        const text = await imdb.decode(x[0]!);
        assert.deepEqual(
          await imdb.encode(text.replaceAll('?', 'zzqx'), { numWords: 2000, startChar: null }),
          [2, ...x[0]!.slice(1)],
        );
      });
    });
  }).timeout(60_000);

  it('takes no sample where real data are asked for', async () => {
    const reason = `${server.address}reuters.npz answered HTTP 404`;
    await alone(
      () =>
        assert.rejects(reuters.loadData(), {
          message:
            `Expected the real reuters.npz since KERAS_PRIMER_DATA=real, received none: ${reason}. ` +
            `Put the file ${official}reuters.npz into ${datasets}.`,
        }),
      { KERAS_PRIMER_DATA: 'real' },
    );
  });

  it('leaves files and network alone where samples are asked for', async () => {
    await alone(
      async () => {
        const said = await warnings(() => reuters.loadData());
        assert.deepEqual(said, [
          'NOTICE: reuters gives SAMPLE data: generated texts, not the real data set.\n' +
            'Why: KERAS_PRIMER_DATA=sample asks for them.\n' +
            'For the real data unset KERAS_PRIMER_DATA and start again.',
        ]);
      },
      { KERAS_PRIMER_DATA: 'sample', KERAS_HOME: realHome ?? home },
    );
    assert.equal(server.requests.length, 0);
    assert.equal(reuters.source()?.kind, 'sample');
  }).timeout(60_000);

  it('refuses other wishes', async () => {
    await alone(
      () =>
        assert.rejects(imdb.loadData(), {
          message:
            'Expected the environment variable KERAS_PRIMER_DATA to be "real" or "sample", received "reel". Did you mean "real"?',
        }),
      { KERAS_PRIMER_DATA: 'reel' },
    );
    await alone(
      () =>
        assert.rejects(imdb.loadData(), {
          message:
            'Expected the environment variable KERAS_PRIMER_DATA_URL to be an http or https address, received "ftp://x".',
        }),
      { KERAS_PRIMER_DATA_URL: 'ftp://x' },
    );
  });

  it('refuses a file with a wrong hash when the right one cannot be had', async () => {
    mkdirSync(datasets);
    const path = join(datasets, 'reuters.npz');
    writeFileSync(path, 'not it');
    const hash = createHash('sha256').update('not it').digest('hex');
    await alone(() =>
      assert.rejects(reuters.loadData(), {
        message:
          `Expected ${path} to have sha256 ${officialFiles.reuters.hash}, received ${hash}: it is not the file that Keras uses, ` +
          `and the right one could not be downloaded (${server.address}reuters.npz answered HTTP 404). ` +
          `Replace it by ${official}reuters.npz, or rename it and set KERAS_PRIMER_DATA=sample.`,
      }),
    );
    assert.deepEqual(readdirSync(datasets), ['reuters.npz']);
    assert.equal(readFileSync(path, 'utf8'), 'not it');
  });

  it('takes other names in the Keras folder only for the same file', async () => {
    mkdirSync(datasets);
    writeFileSync(join(datasets, 'mine.npz'), 'mine');
    const hash = createHash('sha256').update('mine').digest('hex');
    await alone(async () => {
      await assert.rejects(reuters.loadData({ path: 'mine.npz' }), {
        message:
          `Expected ${join(datasets, 'mine.npz')} to have sha256 ${officialFiles.reuters.hash}, received ${hash}. ` +
          'For a file of your own give its absolute path.',
      });
      await assert.rejects(reuters.loadData({ path: 'none.npz' }), {
        message:
          `Expected path of reuters.loadData to name a file in ${datasets}, received "none.npz", which is not there. ` +
          'Leave path out so that it is found or fetched.',
      });
    });
    assert.equal(server.requests.length, 0);
  });

  describeReal('with the real files', kerasHome => {
    const real = join(kerasHome, 'datasets');
    const defaults = hashesOf(golden.reuters[0]!.parts!);

    it('downloads into the Keras folder, once, and sets a wrong file aside', async () => {
      answer = undefined;
      mkdirSync(datasets);
      writeFileSync(join(datasets, 'reuters.npz'), 'not it');
      await alone(async () => {
        const both = await Promise.all([reuters.loadData(), reuters.loadData()]);
        for (const data of both) assert.deepEqual(hashText(data), defaults);
        assert.deepEqual(reuters.source(), { kind: 'real', path: join(datasets, 'reuters.npz') });
        await reuters.loadData();
      });
      assert.equal(server.requests.length, 1);
      const hash = createHash('sha256').update('not it').digest('hex');
      assert.deepEqual(readdirSync(datasets).sort(), [
        'reuters.npz',
        `reuters.npz.wrong-${hash.slice(0, 8)}`,
      ]);
    });

    it('takes an absolute path as it is', async () => {
      const path = join(home, '课程 data.npz');
      copyFileSync(join(real, 'reuters.npz'), path);
      await alone(async () => {
        assert.deepEqual(hashText(await reuters.loadData({ path })), defaults);
        assert.deepEqual(reuters.source(), { kind: 'real', path });
      });
      assert.equal(server.requests.length, 0);
    });

    it('finds the file under another name, and in the temporary folder', async () => {
      mkdirSync(datasets);
      copyFileSync(join(real, 'reuters.npz'), join(datasets, 'r.npz'));
      await alone(async () => {
        assert.deepEqual(hashText(await reuters.loadData({ path: 'r.npz' })), defaults);
      });
      const fallback = join(home, '.keras', 'datasets');
      mkdirSync(fallback, { recursive: true });
      copyFileSync(join(real, 'reuters.npz'), join(fallback, 'reuters.npz'));
      await alone(async () => {
        assert.deepEqual(hashText(await reuters.loadData()), defaults);
        assert.deepEqual(reuters.source(), { kind: 'real', path: join(fallback, 'reuters.npz') });
      });
      assert.equal(server.requests.length, 0);
    });

    it('gives no sample words for real data', async () => {
      mkdirSync(datasets);
      copyFileSync(join(real, 'reuters.npz'), join(datasets, 'reuters.npz'));
      await alone(() =>
        assert.rejects(reuters.getWordIndex(), {
          message:
            'Expected the word index of the real reuters.npz, received none: ' +
            `${server.address}reuters_word_index.json answered HTTP 404. ` +
            `Put the file ${official}reuters_word_index.json into ${datasets}.`,
        }),
      );
    });
  });
});
