/**
 * console and Logger: lines of text to the log.
 * Source: developers.google.com/apps-script/guides/logging
 *
 * Differs from Google in how an object looks in a line: here it is its JSON.
 */
import { call } from './host';
import { simulated } from './net';

const PLACEHOLDER = /%[sdifjoO%]/g;

function line(args: unknown[]): string {
  const rest = [...args];
  let head = rest.length > 0 ? text(rest.shift()) : '';
  if (typeof args[0] === 'string') {
    head = head.replace(PLACEHOLDER, (mark) => (mark === '%%' ? '%' : rest.length > 0 ? text(rest.shift()) : mark));
  }
  return [head, ...rest.map(text)].join(' ');
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return value.stack ?? String(value);
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

export function scriptConsole(): Console {
  const started = new Map<string, number>();
  const at =
    (level: string) =>
    (...args: unknown[]): void =>
      call('log.write', level, line(args));
  return simulated<Console>('console', {
    log: at('DEBUG'),
    info: at('INFO'),
    warn: at('WARNING'),
    error: at('ERROR'),
    time: (label: string) => void started.set(String(label), Date.now()),
    timeEnd: (label: string) => at('DEBUG')(`${label}: ${Date.now() - (started.get(String(label)) ?? Date.now())}ms`),
  });
}

export function logger(): GoogleAppsScript.Base.Logger {
  let lines: string[] = [];
  const self: GoogleAppsScript.Base.Logger = simulated<GoogleAppsScript.Base.Logger>('Logger', {
    log(...args: unknown[]) {
      lines.push(line(args));
      call('log.write', 'INFO', lines[lines.length - 1]);
      return self;
    },
    getLog: () => lines.map((entry) => `${entry}\n`).join(''),
    clear() {
      lines = [];
    },
  });
  return self;
}
