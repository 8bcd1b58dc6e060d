import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseExpression } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compileExpression, type Scope, type Tree } from '../../../src/page/charts/compileExpression';

/** An expression's tree as a page gets it. */
const tree = (code: string): Tree => JSON.parse(JSON.stringify(parseExpression(code)));

const functions: Scope['functions'] = {
  factor: () => 2,
  double(this: Scope['functions'], x: unknown) {
    return Number(x) * Number(this['factor']!());
  },
};
const params = { $width: 300, $empty: null };
const datum = { a: 3, b: 'text', list: [1, 2, { c: 5 }], 'a b': true, none: null };
const item = { x: 7, mark: { name: 'm' } };

describe('compileExpression', () => {
  for (const code of [
    '1',
    '"a" + \'b\'',
    'datum.a',
    'datum["a b"]',
    'datum.list[2].c',
    'datum.list[datum.a - 2]',
    'datum.b.length',
    'datum.missing',
    'item.mark.name',
    'width / 2',
    'empty',
    'unknown',
    'PI * 2',
    'NaN',
    'E',
    '-datum.a',
    '!datum.a',
    '+"3"',
    '~5',
    'datum.a > 2 && datum.b',
    'datum.none || "else"',
    'datum.none && datum.none.deeper',
    'datum.a > 2 ? "more" : "less"',
    'if(datum.a > 2, 1, datum.none.deeper)',
    '[1, datum.a, [2]]',
    '{a: datum.a, "b c": [1], 3: width}',
    'double(datum.a)',
    'abs(-3) + max(1, 2, datum.a) + pow(2, 3)',
    'isNaN(+datum.b)',
    'length(datum.list)',
    'substring(datum.b, 1, 3) + upper("x")',
    'indexof(datum.b, "x")',
    'year(datetime(2020, 1, 2))',
    'datum.a == "3"',
    'datum.a === "3"',
    'datum.a != 4',
    '5 % 3 + (5 >> 1) + (5 & 4) + (1 | 2) + (6 ^ 3) + (1 << 3) + (-1 >>> 28)',
  ]) {
    it(`gives what the interpreter gives: ${code}`, () => {
      const found = compileExpression(tree(code))({ functions, params, datum, item });
      const context = { functions };
      let wanted: unknown;
      if (code.includes('item')) {
        const told: Record<string, unknown> & { datum: unknown } = { datum, ...item };
        expressionInterpreter.encode(context, { marktype: 'rule', channels: { told: { ast: tree(code) } } })(
          told,
          params,
        );
        wanted = told['told'];
      } else {
        wanted = expressionInterpreter.parameter(context, { ast: tree(code) })(datum, params);
      }
      assert.deepEqual(found, wanted);
    });
  }

  it('knows the event and where it is', () => {
    const vega = { x: () => 11, xy: () => [1, 2], item: () => item };
    const event = { vega, shiftKey: true };
    for (const code of ['event.shiftKey', 'x() + 1', 'xy()[1]', 'item().x', 'x(item())']) {
      assert.deepEqual(
        compileExpression(tree(code))({ functions, event }),
        expressionInterpreter.event({ functions }, { ast: tree(code) })(event),
        code,
      );
    }
  });

  it('fails where the interpreter fails', () => {
    for (const code of ['datum.none.deeper', 'noSuchFunction(1)']) {
      assert.throws(() => compileExpression(tree(code))({ functions, datum }), TypeError);
      assert.throws(
        () => expressionInterpreter.parameter({ functions }, { ast: tree(code) })(datum, {}),
        TypeError,
      );
    }
  });

  it('never hands out what runs code', () => {
    const sly = { f: Function, g: Reflect.get(globalThis, 'eval'), h: setTimeout };
    for (const code of ['datum.f', 'datum.g', 'datum["h"]'])
      assert.equal(compileExpression(tree(code))({ functions, datum: sly }), undefined);
  });
});
