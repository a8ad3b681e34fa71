/**
 * The file that is deployed, dist/Code.js, as text, as syntax and evaluated in a context that lacks what Apps Script
 * lacks. Google: https://developers.google.com/apps-script/guides/v8-runtime
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createContext, Script } from 'node:vm';
import { type Node, parse } from 'acorn';
import { functionsNamed } from '../../src/manifest/check-manifest';
import { SWEEP_HANDLER, SYNC_HANDLER } from '../../src/sync/triggers';
import { unresolvedNames } from './unresolved-names';

const DIST = join(__dirname, '../../dist');
const code = readFileSync(join(DIST, 'Code.js'), 'utf8');
const manifest: unknown = JSON.parse(readFileSync(join(DIST, 'appsscript.json'), 'utf8'));

/** Everything people, triggers and cards call, with the one solution of src/config.ts. */
const HANDLERS = [
  'authCallback',
  'createExampleMeet',
  'endKept',
  'enterPassword',
  'repairNow',
  'showEvent',
  'showHome',
  'showSettings',
  'signOut',
  'sweepHourly',
  'syncEvents',
];

/** Services of Google that the add-on may speak to. Anything else that is not ECMAScript is missing in Apps Script. */
const SERVICES = [
  'CacheService',
  'Calendar',
  'CardService',
  'ConferenceDataService',
  'HtmlService',
  'LockService',
  'PropertiesService',
  'ScriptApp',
  'Session',
  'UrlFetchApp',
  'Utilities',
  'console',
];

/** What Apps Script has not, after its V8 runtime guide. */
const MISSING = (
  'setTimeout setInterval clearTimeout setImmediate queueMicrotask structuredClone fetch Request Response Headers URL ' +
  'URLSearchParams FormData File Blob TextEncoder TextDecoder ReadableStream DOMException atob btoa crypto window self ' +
  'navigator performance process Buffer require module exports global'
).split(' ');

interface Bare {
  context: object;
  touched: string[];
}

/** A context with nothing but ECMAScript, in which a look at any service of Google is noted and refused. */
function bareContext(): Bare {
  const context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  const touched: string[] = [];
  for (const name of [...SERVICES, 'Logger', 'CalendarApp', 'Browser', 'WebAssembly']) {
    Object.defineProperty(context, name, {
      configurable: true,
      get() {
        touched.push(name);
        throw new Error(`${name} is touched while the script is loaded`);
      },
    });
  }
  return { context, touched };
}

function run(context: object, text: string): unknown {
  return new Script(text).runInContext(context);
}

describe('dist/Code.js as text', () => {
  const lines = code.split('\n');

  it('is readable: many short lines, with the names and files of the source', () => {
    expect(lines.length).toBeGreaterThan(1_000);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(400);
    for (const file of ['src/core/diff.ts', 'src/sync/pass.ts', 'src/gas/http.ts']) {
      expect(lines).toContain(`// ${file}`);
    }
    expect(code).toContain('function runPass(');
  });

  it('carries no package from node_modules, no path of the machine that built it and no source map', () => {
    expect(code).not.toMatch(/node_modules|sourceMappingURL|\/\/ \.\.\/|__esModule|__commonJS/);
    expect(code).not.toContain(process.cwd());
  });
});

describe('dist/Code.js as syntax', () => {
  const program = parse(code, { ecmaVersion: 2020, sourceType: 'script' });

  it('declares one variable, the closure, and a real function for each handler', () => {
    const declared = program.body.map((statement) => {
      if (statement.type === 'FunctionDeclaration') return `function ${statement.id.name}`;
      if (statement.type === 'VariableDeclaration') {
        const names = statement.declarations.map(({ id }) => (id.type === 'Identifier' ? id.name : id.type));
        return `${statement.kind} ${names.join()}`;
      }
      return statement.type;
    });
    expect(declared).toEqual(['var AddOn_', ...HANDLERS.map((name) => `function ${name}`)]);
  });

  it('makes every handler a single call into the closure', () => {
    for (const name of HANDLERS) expect(code).toContain(`function ${name}(e) {\n  return AddOn_.${name}(e);\n}\n`);
  });

  it('declares every function that the manifest names and that triggers call', () => {
    const named = functionsNamed(manifest).map(({ name }) => name);
    expect(named.sort()).toEqual(['createExampleMeet', 'showEvent', 'showHome', 'showSettings']);
    for (const name of [...named, SYNC_HANDLER, SWEEP_HANDLER]) expect(HANDLERS).toContain(name);
  });

  it('keeps the names that live triggers call', () => {
    expect([SYNC_HANDLER, SWEEP_HANDLER]).toEqual(['syncEvents', 'sweepHourly']);
  });

  it('has no field in a class, no dynamic import, no eval and nothing asynchronous', () => {
    const found = new Set<string>();
    visit(program, (node) => {
      found.add(node.type);
      if ('async' in node && node.async === true) found.add('async');
      if (node.type === 'Identifier' && 'name' in node && node.name === 'eval') found.add('eval');
    });
    for (const banned of ['PropertyDefinition', 'StaticBlock', 'ImportExpression', 'MetaProperty', 'async', 'eval']) {
      expect(found).not.toContain(banned);
    }
    expect(found).toContain('ArrowFunctionExpression');
    expect(code).not.toContain('__publicField');
  });

  it.each([
    ['a private field', 'class A { #x = 1 }'],
    ['a field', 'class A { x = 1 }'],
    ['a static field', 'class A { static x = 1 }'],
    ['an import', 'import a from "a";'],
    ['an export', 'export const a = 1;'],
    ['logical assignment', 'var a; a ??= 1;'],
  ])('is parsed by a grammar that refuses %s', (_, newer) => {
    expect(() => parse(newer, { ecmaVersion: 2020, sourceType: 'script' })).toThrow(SyntaxError);
  });

  it('refers to nothing but ECMAScript 2020 and the services of Google it uses', () => {
    expect(unresolvedNames(code)).toEqual(SERVICES);
  });
});

describe('the search for names that nothing declares', () => {
  it('finds what Apps Script has not, in calls, in typeof and in closures', () => {
    const text =
      'var f = (function () { let own = 1; return () => [own, setTimeout(own), typeof process, new URL(Date.now())]; })();';
    expect(unresolvedNames(text)).toEqual(['URL', 'process', 'setTimeout']);
  });

  it('finds what came after ECMAScript 2020', () => {
    expect(unresolvedNames('new WeakRef({}); new Map(); Promise.resolve(1n); globalThis;')).toEqual(['WeakRef']);
  });
});

describe('dist/Code.js evaluated in a bare context', () => {
  it('finds none of what Apps Script lacks', () => {
    const { context } = bareContext();
    const present = MISSING.filter((name) => run(context, `typeof ${name}`) !== 'undefined');
    expect(present).toEqual([]);
  });

  it('touches no service, no clock and no chance', () => {
    const { context, touched } = bareContext();
    run(context, 'Date.now = Math.random = function () { throw new Error("asked while the script is loaded"); };');
    run(context, 'Date = new Proxy(Date, { construct() { throw new Error("asked while the script is loaded"); } });');
    expect(() => run(context, code)).not.toThrow();
    expect(touched).toEqual([]);
  });

  it('adds the handlers and the closure to the globals, nothing else', () => {
    const { context } = bareContext();
    const names = () => new Set(run(context, 'Object.getOwnPropertyNames(globalThis).join()')?.toString().split(','));
    const before = names();
    run(context, code);
    const added = [...names()].filter((name) => !before.has(name));
    expect(added.sort()).toEqual(['AddOn_', ...HANDLERS].sort());
    expect(run(context, 'Object.keys(AddOn_).join()')).toBe(HANDLERS.join());
  });

  it('changes no built-in', () => {
    const { context } = bareContext();
    const builtIns =
      '["Object", "Array", "String", "Date", "Math", "JSON", "Promise", "Map", "Set", "Error"].map((name) => [name, ' +
      'Reflect.ownKeys(globalThis[name]).length, Reflect.ownKeys(globalThis[name].prototype ?? {}).length]).join()';
    const before = run(context, builtIns);
    run(context, code);
    expect(run(context, builtIns)).toBe(before);
  });

  it.each(HANDLERS)('lets %s fail only when it is called, for want of Google', (name) => {
    const context = createContext({});
    run(context, code);
    expect(run(context, `typeof ${name}`)).toBe('function');
    const failure = run(context, `try { ${name}(); 'none' } catch (thrown) { thrown.name + ': ' + thrown.message }`);
    expect(failure).toMatch(
      /^ReferenceError: \w+(Service|App) is not defined$|^ReferenceError: Session is not defined$/,
    );
  });

  it('is measured', () => {
    const cold = Array.from({ length: 21 }, (_, i) => {
      const { context } = bareContext();
      // Another text each time: V8 remembers what it has compiled.
      const text = `${code}// ${i}\n`;
      const beganMs = performance.now();
      run(context, text);
      return performance.now() - beganMs;
    }).sort((a, b) => a - b);
    const functions = countFunctions(code);
    process.stdout.write(
      `dist/Code.js: ${Buffer.byteLength(code)} bytes, ${code.split('\n').length} lines, ${functions} functions; ` +
        `compiled and evaluated in a fresh context in ${cold[10]?.toFixed(2)} ms (median of ${cold.length})\n`,
    );
    expect(functions).toBeGreaterThan(200);
  });
});

function countFunctions(text: string): number {
  let functions = 0;
  visit(parse(text, { ecmaVersion: 2020, sourceType: 'script' }), ({ type }) => {
    if (/Function/.test(type)) functions += 1;
  });
  return functions;
}

function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && typeof child.type === 'string') visit(child, see);
    }
  }
}
