/**
 * HtmlService: pages of a settings screen or a sign-in callback, and scriptlet templates.
 * Source: developers.google.com/apps-script/reference/html and /apps-script/guides/html/templates
 *
 * Differs from Google: `<?= ?>` escapes for HTML text and attributes only, not by context.
 */
import { remember, type Shape } from './built';
import { enumeration } from './enums';
import { call, exception } from './host';
import { simulated } from './net';

type Service = GoogleAppsScript.HTML.HtmlService;
type Output = GoogleAppsScript.HTML.HtmlOutput;
type SimulatedOutput = Omit<Output, 'getAs' | 'getBlob' | 'getMetaTags' | 'asTemplate'>;
type Blob = GoogleAppsScript.Base.BlobSource;

function escapeHtml(value: unknown): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };
  return String(value).replace(/[&<>"']/g, (char) => entities[char]!);
}

function output(html: string): Output {
  const shape: Shape = { content: html };
  const set = (field: string) => (value: unknown) => {
    shape[field] = typeof value === 'object' ? String(value) : value;
    return self as Output;
  };
  const self: SimulatedOutput = simulated<SimulatedOutput>('HtmlOutput', {
    append: (added) => set('content')(`${shape.content}${added}`),
    appendUntrusted: (added) => set('content')(`${shape.content}${escapeHtml(added)}`),
    clear: () => set('content')(''),
    getContent: () => shape.content as string,
    setContent: set('content'),
    getTitle: () => (shape.title ?? '') as string,
    setTitle: set('title'),
    getFaviconUrl: () => (shape.faviconUrl ?? null) as string,
    setFaviconUrl: set('faviconUrl'),
    getHeight: () => (shape.height ?? null) as number,
    setHeight: set('height'),
    getWidth: () => (shape.width ?? null) as number,
    setWidth: set('width'),
    setSandboxMode: () => self as Output,
    setXFrameOptionsMode: set('xFrameOptionsMode'),
    addMetaTag(name, content) {
      shape.metaTags = { ...(shape.metaTags as Shape | undefined), [name]: content };
      return self as Output;
    },
  });
  return remember(self as Output, shape);
}

/** Scriptlets as the source of a function body that appends to `output_`. */
function compile(html: string): string {
  return html
    .split(/(<\?(?:!?=|(?!=))[\s\S]*?\?>)/)
    .map((piece) => {
      if (piece.startsWith('<?!=')) return `output_(${piece.slice(4, -2)});`;
      if (piece.startsWith('<?=')) return `output_(escape_(${piece.slice(3, -2)}));`;
      if (piece.startsWith('<?')) return `${piece.slice(2, -2)}\n`;
      return piece === '' ? '' : `output_(${JSON.stringify(piece)});`;
    })
    .join('');
}

function template(html: string): GoogleAppsScript.HTML.HtmlTemplate {
  const self: Record<string, unknown> = {
    evaluate() {
      let page = '';
      const names = Object.keys(self).filter((name) => name !== 'evaluate' && !name.startsWith('get'));
      const run = new Function(...names, 'output_', 'escape_', compile(html));
      const append = (piece: unknown): void => {
        page += String(piece ?? '');
      };
      run(...names.map((name) => self[name]), append, escapeHtml);
      return output(page);
    },
    getRawContent: () => html,
    getCode: () => compile(html),
    getCodeWithComments: () => compile(html),
  };
  return self as unknown as GoogleAppsScript.HTML.HtmlTemplate;
}

function htmlOf(given: string | Blob | undefined): string {
  if (given === undefined) return '';
  return typeof given === 'string' ? given : given.getBlob().getDataAsString();
}

/** The text of one of the project's .html files. */
function file(name: string): string {
  const html = call<string | null>('project.html', name);
  if (html === null) throw exception(`No HTML file named ${name} was found.`);
  return html;
}

export function htmlService(): Service {
  return simulated<Omit<Service, 'getUserAgent'>>('HtmlService', {
    SandboxMode: enumeration<Service['SandboxMode']>('SandboxMode', ['EMULATED', 'IFRAME', 'NATIVE']),
    XFrameOptionsMode: enumeration<Service['XFrameOptionsMode']>('XFrameOptionsMode', ['ALLOWALL', 'DEFAULT']),
    createHtmlOutput: (given?: string | Blob) => output(htmlOf(given)),
    createHtmlOutputFromFile: (name: string) => output(file(name)),
    createTemplate: (given: string | Blob) => template(htmlOf(given)),
    createTemplateFromFile: (name: string) => template(file(name)),
  }) as Service;
}
