/**
 * The files of a folder as `clasp push` takes them: which ones, by which names, in which order they are evaluated.
 *
 * Read from clasp 3.4.1: sub-folders too; names in alphabetical order as people sort them (`localeCompare`), those of
 * `filePushOrder` first; `.clasp.json` may name another root; `.claspignore`, or else node_modules and .git, is left out.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, normalize, relative, sep } from 'node:path';

export interface ProjectFile {
  /** Below the root, with `/` and its ending: `src/Code.js`. */
  name: string;
  source: string;
}

export interface ClaspProject {
  /** Where the files are. */
  root: string;
  files: ProjectFile[];
}

/** What is wrong with an add-on's folder, for its author. */
export class AddOnProblem extends Error {
  override readonly name = 'AddOnProblem';
}

interface Settings {
  rootDir?: string;
  srcDir?: string;
  skipSubdirectories?: boolean;
  /** Paths below the folder of .clasp.json. */
  filePushOrder?: string[];
}

const PUSHED = /(\.(js|gs|html)|(^|\/)appsscript\.json)$/;
const NEVER_PUSHED = ['.git/**', 'node_modules/**'];

/** Throws AddOnProblem. */
export function claspProject(dir: string): ClaspProject {
  const settings = settingsIn(dir);
  const root = join(dir, settings.rootDir ?? settings.srcDir ?? '.');
  const isIgnored = ignoredBy(join(dir, '.claspignore'));
  const inOrder = (settings.filePushOrder ?? []).map((path) => slashed(relative(root, join(dir, normalize(path)))));
  const place = (name: string) => (inOrder.includes(name) ? inOrder.indexOf(name) : inOrder.length);
  const names = namesBelow(root, '', settings.skipSubdirectories !== true)
    .filter((name) => PUSHED.test(name) && !isIgnored(name))
    .sort((a, b) => place(a) - place(b) || a.localeCompare(b));
  return { root, files: names.map((name) => ({ name, source: readFileSync(join(root, name), 'utf8') })) };
}

function settingsIn(dir: string): Settings {
  const path = join(dir, '.clasp.json');
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Settings;
  } catch (error) {
    throw new AddOnProblem(`${path} is no valid JSON: ${(error as Error).message}. Correct it there.`);
  }
}

function namesBelow(root: string, folder: string, recursive: boolean): string[] {
  let entries: import('node:fs').Dirent[];
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    throw new AddOnProblem(
      `${join(root, folder)} is no folder that can be read; name the folder that holds appsscript.json.`,
    );
  }
  return entries.flatMap((entry) => {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile()) return [name];
    const isEntered = recursive && entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git';
    return isEntered ? namesBelow(root, name, recursive) : [];
  });
}

/** The last pattern that fits a name decides, as with micromatch, which clasp asks. */
function ignoredBy(path: string): (name: string) => boolean {
  const lines = existsSync(path)
    ? readFileSync(path, 'utf8')
        .replace(/^\uFEFF/, '')
        .split(/\r?\n/)
    : NEVER_PUSHED;
  const patterns = lines
    .filter((line) => line !== '')
    .map((line) => ({ ignores: !line.startsWith('!'), fits: patternOf(line.replace(/^!/, '')) }));
  return (name) => patterns.reduce((ignored, { ignores, fits }) => (fits.test(name) ? ignores : ignored), false);
}

/** Stars, question marks and lists in braces; of other patterns only what is literal fits. */
function patternOf(glob: string): RegExp {
  const source = glob.replace(/\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[.+^${}()|[\]\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.length > 1) return `(?:${part.slice(1, -1).split(',').map(literal).join('|')})`;
    return literal(part);
  });
  return new RegExp(`^${source}$`);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
