/**
 * Runs a bundled file of tests by itself, beside jest's own registration, and tells which of its tests fail.
 *
 * Knows `describe`, `it` and their `each` with rows, and `beforeAll` and `afterAll` at the end of their order; nothing else
 * of jest is there, so that a file which needs more says so.
 */
type Body = (...row: never[]) => unknown;
type Row = readonly unknown[] | unknown;

interface Test {
  name: string;
  body: () => unknown;
}

export async function failuresOf(code: string, needs: NodeJS.Require): Promise<string[]> {
  const failures: string[] = [];
  for (const { name, body } of testsIn(code, needs)) {
    try {
      await body();
    } catch {
      failures.push(name);
    }
  }
  return failures;
}

function testsIn(code: string, needs: NodeJS.Require): Test[] {
  const tests: Test[] = [];
  const last: Test[] = [];
  const path: string[] = [];
  const describeIn = (name: string, body: () => unknown) => {
    path.push(name);
    body();
    path.pop();
  };
  const itIn = (name: string, body: () => unknown) => {
    tests.push({ name: [...path, name].join(' › '), body });
  };
  const globals = {
    require: needs,
    module: { exports: {} },
    describe: Object.assign(describeIn, { each: eachOf(describeIn) }),
    it: Object.assign(itIn, { each: eachOf(itIn) }),
    beforeAll: (body: () => unknown) => itIn('beforeAll', body),
    afterAll: (body: () => unknown) => last.push({ name: 'afterAll', body }),
  };
  new Function(...Object.keys(globals), code)(...Object.values(globals));
  return [...tests, ...last];
}

function eachOf(register: (name: string, body: () => unknown) => void) {
  return (rows: readonly Row[]) => (name: string, body: Body) => {
    rows.forEach((row, i) => {
      const values = (Array.isArray(row) ? row : [row]) as never[];
      register(`${name} [${i}]`, () => body(...values));
    });
  };
}
