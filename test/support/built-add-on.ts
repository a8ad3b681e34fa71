/** An add-on built from a configuration that a test writes, as `npm run build -- --config FILE` does. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AddOn, loadAddOn } from '../../sandbox/script/host';
import { buildAll, makeFolder } from '../bundle/builds';

/**
 * @param providers what the solutions are called, and the expression that makes each one's provider out of what
 *   `lockstep` exports: `{ talk: "nextcloudTalk({ … })" }`. Solution and provider share the name.
 * @param imports what `lockstep` does not export, and the files that do.
 * @param policies those that are not the defaults: `brokenLinks: 'repair'`.
 */
export function builtAddOn(
  providers: Readonly<Record<string, string>>,
  imports: Readonly<Record<string, string>> = {},
  policies = '',
): AddOn {
  const folder = makeFolder();
  try {
    return loadAddOn(buildInto(folder, providers, imports, policies));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same, left in a folder below `folder`: which one, is returned. */
export function buildInto(
  folder: string,
  providers: Readonly<Record<string, string>>,
  imports: Readonly<Record<string, string>> = {},
  policies = '',
): string {
  const config = join(folder, 'add-on.ts');
  const logoUrl = 'https://lh3.googleusercontent.com/logo';
  const names = Object.keys(providers);
  const solutions = names.map((name) => ({ id: name, name, logoUrl, provider: name }));
  writeFileSync(
    config,
    `import { defineAddOn, ejabberd, jaas, janus, jitsiMeet, nextcloudTalk, whereby } from 'lockstep';
     ${Object.entries(imports)
       .map(([name, file]) => `import { ${name} } from ${JSON.stringify(file)};`)
       .join('\n')}
     export default defineAddOn({
       name: 'Under test', logoUrl: '${logoUrl}', timeZone: 'Europe/Zurich',
       solutions: ${JSON.stringify(solutions)},
       providers: { ${names.map((name) => `${name}: ${providers[name]}`).join(', ')} },
       policies: { ${policies} },
     });`,
  );
  const out = join(folder, 'out');
  const [answer] = buildAll([{ config, out }]);
  if (answer?.functions === undefined) throw new Error(answer?.refusal ?? answer?.fault);
  return out;
}
