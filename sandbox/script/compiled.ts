/** An add-on as V8 has compiled it: once in a process, for every world that has the same add-on installed. */
import { readFileSync } from 'node:fs';
import { type AddOn, scriptFiles } from './add-on';
import { builtFile } from './built';
import { compileProject, KeptContexts, type Project, type ProjectSource } from './context';
import { namesAtHand } from './language-names';
import { libraryScript } from './libraries';

export interface Compiled {
  source: ProjectSource;
  project: Project;
  kept: KeptContexts;
}

const known = new WeakMap<AddOn, Compiled>();

/** The same for the same object: an add-on that is on its way is never changed. */
export function compiledOf(addOn: AddOn): Compiled {
  let compiled = known.get(addOn);
  if (compiled === undefined) {
    const files = [...(addOn.libraries ?? []).map(libraryScript), ...scriptFiles(addOn)];
    const source = { prelude: readFileSync(builtFile('prelude.js'), 'utf8'), files, atHand: namesAtHand(files) };
    const project = compileProject(source);
    compiled = { source, project, kept: new KeptContexts(project) };
    known.set(addOn, compiled);
  }
  return compiled;
}
