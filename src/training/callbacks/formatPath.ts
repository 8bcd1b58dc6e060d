import { fixed, floatText } from '../../metrics/format';
import { missing } from './Monitor';

const field = /\{\{|\}\}|\{([^{}:]*)(?::([^{}]*))?\}|[{}]/g;
const spec = /^(0?)(\d*)(?:\.(\d+))?([dfe%]?)$/;

/**
 * Fill in a path such as `model-{epoch:02d}-{val_loss:.2f}` as Python's `str.format`: `{name}` or `{name:spec}`, the spec of a zero, a width,
 * a precision and one of `d`, `f`, `e`, `%`. `{{` and `}}` are braces.
 *
 * @throws RangeError for a name that is not there, or a spec that is not one of these.
 */
export function formatPath(path: string, values: Readonly<Record<string, number>>): string {
  return path.replaceAll(field, (text: string, name: string | undefined, given = '') => {
    if (text === '{{' || text === '}}') return text[0]!;
    if (name === undefined) {
      throw new RangeError(
        `Expected filepath to have its braces in pairs, received "${path}". Write {{ or }} for a brace.`,
      );
    }
    const value = values[name];
    if (value === undefined) {
      throw new RangeError(missing(`{${name}} in the filepath "${path}"`, name, Object.keys(values)));
    }
    const whole = name === 'epoch' || name === 'batch';
    const [, zero, width = '', precision, type = ''] = spec.exec(given) ?? [];
    if (zero === undefined || (type === 'd' && (!whole || precision)) || (precision && !type)) {
      throw new RangeError(
        `Expected the format of {${name}} in the filepath to be like ${whole ? ':02d' : ':.2f or :.2e'}, received ":${given}".`,
      );
    }
    const digits = precision === undefined ? 6 : Number(precision);
    const plain = write(value, type || (whole ? 'd' : ''), digits);
    const sign = plain.startsWith('-') ? '-' : '';
    const padded = plain.slice(sign.length).padStart(Number(width) - sign.length, zero ? '0' : ' ');
    return zero ? sign + padded : (sign + padded.trimStart()).padStart(Number(width));
  });
}

function write(value: number, type: string, digits: number): string {
  if (!Number.isFinite(value)) return floatText(value) + (type === '%' ? '%' : '');
  if (type === 'd') return String(value);
  if (type === 'f') return fixed(value, digits);
  if (type === '%') return `${fixed(value * 100, digits)}%`;
  return type === 'e' ? value.toExponential(digits).replace(/e([+-])(\d)$/, 'e$10$2') : floatText(value);
}
