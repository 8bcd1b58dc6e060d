import { runInNewContext, Script } from 'node:vm';

/** One `@example` of a doc comment. */
export interface Example {
  /** Where it stands: the line of its `@example`. */
  readonly line: number;
  readonly code: string;
}

/** The examples in the doc comments of a source text, without the comment's stars and code fences. */
export function extractExamples(source: string): Example[] {
  const examples: Example[] = [];
  let code: string[] | undefined;
  let begun = 0;
  let inComment = false;
  const end = (): void => {
    if (code) examples.push({ line: begun, code: code.join('\n').trim() });
    code = undefined;
  };
  source.split('\n').forEach((text, i) => {
    if (/^\s*\/\*\*/.test(text)) inComment = true;
    if (!inComment) return;
    const closes = text.includes('*/');
    const content = text.replace(/\*\/.*$/, '').replace(/^\s*\/?\*+ ?/, '');
    const tag = /^\s*@(\w+)\s*(.*)$/.exec(content);
    if (tag) {
      end();
      if (tag[1] === 'example') {
        begun = i + 1;
        code = tag[2] ? [tag[2]] : [];
      }
    } else if (code && !/^\s*```/.test(content)) {
      code.push(content);
    }
    if (closes) {
      end();
      inComment = false;
    }
  });
  return examples;
}

/** An example's code with its promised values checked. */
export interface Checked {
  readonly code: string;
  /** How many values are checked. */
  readonly checks: number;
}

/**
 * Turn each statement followed by `// value` (or `// → value`) into a check of that value. What does not begin like a literal is prose; after
 * a literal, prose may follow a comma, a semicolon or an opening parenthesis. Imports are left out: the names are there.
 */
export function addChecks(code: string): Checked {
  let checks = 0;
  const lines = code.split('\n').map(line => {
    if (/^\s*import\b/.test(line)) return '';
    const match = /^(\s*)(.*\S);\s*\/\/\s*(→\s*)?(.+?)\s*$/.exec(line);
    if (!match) return line;
    const [, indent = '', statement = '', arrow, comment = ''] = match;
    const value = literal(comment);
    if (value === undefined) {
      if (arrow) throw new SyntaxError(`Expected a value after the arrow, received ${comment}.`);
      return line;
    }
    checks++;
    const text = JSON.stringify(comment);
    const declared = /^(?:const|let|var)\s+(\w+)\s*=/.exec(statement);
    const check = (what: string): string => `check(${what}, ${value}, ${text});`;
    const whole = declared ? `${statement}; ${check(declared[1]!)}` : check(`(${statement})`);
    // A comment behind the last line of a longer statement has nothing whole to check.
    if (!parses(`async () => { ${whole} }`)) {
      throw new SyntaxError(`Expected a statement on one line before // ${comment}, received ${statement}.`);
    }
    return indent + whole;
  });
  return { code: lines.join('\n'), checks };
}

/** The literal that a comment begins with, `undefined` for prose. */
function literal(comment: string): string | undefined {
  if (!/^(?:[[{'"`\d]|-\d|-?Infinity\b|(?:true|false|null|undefined|NaN)\b)/.test(comment)) return undefined;
  const ends = [...comment.matchAll(/, | \(|; |\. |\.$/g)].map(({ index }) => index).reverse();
  return [comment.length, ...ends].map(end => comment.slice(0, end)).find(isLiteral);
}

function isLiteral(text: string): boolean {
  try {
    const values: unknown = runInNewContext(`[${text}].length`);
    return values === 1;
  } catch {
    return false;
  }
}

function parses(text: string): boolean {
  try {
    // Only parsed, not run.
    return new Script(`(${text})`) instanceof Script;
  } catch {
    return false;
  }
}
