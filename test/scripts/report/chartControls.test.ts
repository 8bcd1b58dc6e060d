import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { untyped } from '../../untyped';
import { chartControls } from '../../../scripts/report/chartControls.mjs';

describe('chartControls', () => {
  const one = (bind: object, value?: unknown) =>
    chartControls({ signals: untyped([{ name: 'my_signal', value, bind }]) }).controls;

  it('leaves a chart without controls alone, also one whose selection is bound to its legend', () => {
    const spec = { signals: [{ name: 'width', value: 3 }] };
    assert.deepEqual(chartControls(spec), { controls: '', spec });
    assert.deepEqual(chartControls({}), { controls: '', spec: {} });
  });

  it('takes the bindings out of the specification, so that Vega writes none', () => {
    const { spec } = chartControls({
      signals: [
        { name: 'a', value: 1, bind: { input: 'range', min: 0, max: 2 } },
        { name: 'b', value: 2 },
      ],
    });
    assert.deepEqual(spec.signals, [
      { name: 'a', value: 1 },
      { name: 'b', value: 2 },
    ]);
  });

  it('a slider, with its label, its limits and its value', () => {
    assert.equal(
      one({ input: 'range', min: 0, max: 1, step: 0.1, name: 'threshold: ' }, 0.5),
      '<div class="controls"><label>threshold <input type="range" min="0" max="1" step="0.1" value="0.5" data-signal="my_signal" data-start="0.5" disabled><output>0.5</output></label></div>',
    );
    assert.match(
      one({ input: 'range', min: 10, max: 20 }),
      /^<div class="controls"><label>my signal .* value="15"/,
    );
  });

  it('a menu, buttons, a box and a field; text is never markup', () => {
    assert.match(
      one({ input: 'select', options: [null, 'a"<b>', 3], labels: ['<all>'] }, 3),
      /<select data-signal="my_signal" data-start="3" disabled><option value="null">&#60;all&#62;<\/option><option value="&#34;a\\&#34;&#60;b&#62;&#34;">a&#34;&#60;b&#62;<\/option><option value="3" selected>3<\/option><\/select>/,
    );
    const radio = one({ input: 'radio', options: ['a', 'b'], name: 'which' }, 'b');
    assert.match(
      radio,
      /<fieldset><legend>which<\/legend><label><input type="radio" name="my_signal" value="&#34;a&#34;"/,
    );
    assert.match(radio, /value="&#34;b&#34;" checked/);
    assert.match(one({ input: 'checkbox' }, true), /<label><input type="checkbox" checked data-signal/);
    assert.match(one({ input: 'text' }, '"'), /<input type="text" value="&#34;" data-signal/);
  });
});
