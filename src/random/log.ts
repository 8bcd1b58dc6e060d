/**
 * The natural logarithm of a finite x > 0, correctly rounded (but for the one argument in 2^40 or so that lies too near to the
 * middle of two floats). `Math.log` differs in the last bit between engines, which would make draws differ too.
 *
 * log x = e ln 2 + 2 artanh((m − 1) / (m + 1)) for x = m 2^e, in pairs of floats whose sum is the value.
 */
export function log(x: number): number {
  if (x === 1) return 0;
  let e = Math.floor(Math.log2(x));
  let m = scale(x, -e);
  if (m > Math.SQRT2) {
    m /= 2;
    e++;
  }
  const s = divide(m - 1, twoSum(m, 1));
  const square = times(s, s);
  let sum: Pair = [0, 0];
  // |s| < 0.1716, so that 23 terms leave less than 2^-110.
  for (let k = 45; k >= 3; k -= 2) sum = times(square, add(divide(1, [k, 0]), sum));
  const artanh = add(s, times(s, sum));
  const result = add(times([e, 0], [0.6931471805599453, 2.3190468138462996e-17]), [
    2 * artanh[0],
    2 * artanh[1],
  ]);
  return result[0] + result[1];
}

/** An unevaluated sum of two floats, the first being the sum rounded. */
type Pair = readonly [number, number];

function scale(x: number, e: number): number {
  // In two steps, since 2^1074 is no float.
  const half = Math.trunc(e / 2);
  return x * 2 ** half * 2 ** (e - half);
}

function twoSum(a: number, b: number): Pair {
  const sum = a + b;
  const bPart = sum - a;
  return [sum, a - (sum - bPart) + (b - bPart)];
}

function twoProduct(a: number, b: number): Pair {
  const product = a * b;
  const [aHigh, aLow] = split(a);
  const [bHigh, bLow] = split(b);
  return [product, aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)];
}

function split(a: number): Pair {
  const shifted = 134217729 * a;
  const high = shifted - (shifted - a);
  return [high, a - high];
}

function add(a: Pair, b: Pair): Pair {
  const [sum, error] = twoSum(a[0], b[0]);
  return twoSum(sum, error + (a[1] + b[1]));
}

function times(a: Pair, b: Pair): Pair {
  const [product, error] = twoProduct(a[0], b[0]);
  return twoSum(product, error + (a[0] * b[1] + a[1] * b[0]));
}

function divide(a: number, b: Pair): Pair {
  const first = a / b[0];
  const [product, error] = times([first, 0], b);
  const second = (a - product - error) / b[0];
  return twoSum(first, second);
}
