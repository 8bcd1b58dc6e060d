import { deepStrictEqual } from 'node:assert';
import { uniqueLabels } from '../../src/labels/uniqueLabels';

describe('uniqueLabels', () => {
  it('sorts numbers by value', () => {
    deepStrictEqual(uniqueLabels([10, 9, -1, 9, 100]), [-1, 9, 10, 100]);
  });

  it('sorts texts by code point, as Python does and JavaScript does not', () => {
    const texts = ['\u{1f40d}', '\uff21', 'a', 'Z', 'ab', '', 'a'];
    deepStrictEqual(uniqueLabels(texts), ['', 'Z', 'a', 'ab', '\uff21', '\u{1f40d}']);
  });
});
