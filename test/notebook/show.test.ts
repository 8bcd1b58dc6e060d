import assert from 'node:assert/strict';
import { allDisplayed, displayKey, setDisplayPort, type MimeBundle } from '../../src/notebook/display';
import { show } from '../../src/notebook/show';
import { table } from '../../src/notebook/table';

describe('show', () => {
  let shown: MimeBundle[];

  beforeEach(() => {
    shown = [];
    setDisplayPort({ display: bundle => void shown.push(bundle) });
  });

  afterEach(() => setDisplayPort(undefined));

  const slow = (name: string, ms: number) => ({
    [displayKey]: () => new Promise<MimeBundle>(resolve => setTimeout(resolve, ms, { 'text/plain': name })),
  });

  it('runs its example', async () => {
    await show(table([{ digit: 7, share: 0.25 }]));
    assert.deepEqual(Object.keys(shown[0] ?? {}), ['text/html', 'text/plain']);
  });

  it('keeps the order of the calls, awaited or not', async () => {
    void show(slow('slow', 40));
    void show('text');
    void show(slow('quick', 1));
    await allDisplayed();
    assert.deepEqual(
      shown.map(bundle => bundle['text/plain']),
      ['slow', 'text', 'quick'],
    );
  });

  it('shows anything else as text', async () => {
    await show({ a: [1] });
    await show(null);
    assert.deepEqual(shown, [{ 'text/plain': '{ a: [ 1 ] }' }, { 'text/plain': 'null' }]);
  });

  it('passes on why something cannot be shown, and goes on', async () => {
    const broken = { [displayKey]: () => Promise.reject<MimeBundle>(new Error('cannot draw')) };
    await assert.rejects(show(broken), { message: 'cannot draw' });
    await show('next');
    assert.deepEqual(shown, [{ 'text/plain': 'next' }]);
  });

  it('prints the text outside a notebook', async () => {
    setDisplayPort(undefined);
    const write = process.stdout.write.bind(process.stdout);
    let printed = '';
    process.stdout.write = (text: string | Uint8Array) => ((printed += String(text)), true);
    try {
      await show(table([{ a: 1 }]));
    } finally {
      process.stdout.write = write;
    }
    assert.equal(printed, 'a\n-\n1\n');
  });
});
