/**
 * Names of the language that are put at a script's hand, as variables of the scope that all its files share.
 *
 * In a context of node:vm every look-up of a global name takes a detour through C++, forty times as long as that of a
 * variable; short executions spend a fifth of their time so. A script could tell the difference by declaring, assigning
 * or replacing such a name: one to which any of its files might do that stays where it was.
 */

/** What the prelude replaces is put at hand after it. */
const REPLACED = ['Date'];

const NAMES = [
  ...['Array', 'Boolean', 'Error', 'Intl', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Promise', 'Proxy', 'RangeError'],
  ...['Reflect', 'RegExp', 'Set', 'String', 'Symbol', 'SyntaxError', 'TypeError', 'Uint8Array', 'WeakMap', 'WeakSet'],
  ...['decodeURIComponent', 'encodeURIComponent', 'isFinite', 'isNaN', 'parseFloat', 'parseInt', ...REPLACED],
];

/** Ways to declare, assign or replace a name, seen in the text alone: what only looks like one costs time, no more. */
const TAKEN = [
  String.raw`\b(?:var|let|const|class|function)[\s*]+NAME\b`,
  String.raw`\bNAME\s*(?:[-+*/%&|^?]{0,2}|<<|>>>?)=(?![=>])`,
  String.raw`(?:\+\+|--)\s*NAME\b|\bNAME\s*(?:\+\+|--)`,
  String.raw`(?:[{[,:]|\.\.\.)\s*NAME\s*[\]},;=]`,
  String.raw`\(\s*NAME\s+(?:of|in)\b|\bdelete\b[^;]*\bNAME\b|['"\x60]NAME['"\x60]`,
].join('|');

/** Those of the names that the files only use. */
export function namesAtHand(files: ReadonlyArray<{ source: string }>): string[] {
  return NAMES.filter((name) => {
    const taken = new RegExp(TAKEN.replaceAll('NAME', name));
    return !files.some(({ source }) => taken.test(source));
  });
}

/** Declares names before the prelude is evaluated, or the replaced ones after it. */
export function declaration(names: readonly string[], when: 'before' | 'after'): string {
  const wanted = names.filter((name) => REPLACED.includes(name) === (when === 'after'));
  return wanted.length === 0 ? '' : `let ${wanted.map((name) => `${name} = globalThis.${name}`).join(', ')};`;
}
