/**
 * As much of the Apps Script API as `clasp push` speaks to, on loopback, and clasp itself run against it.
 *
 * clasp has no option for the API's address: a preload wraps the `script` factory of clasp's own googleapis package so
 * that it points here. The credentials are made up and never expire, so nothing is asked of Google's accounts; any other
 * host is sent to a proxy that is not there.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(__dirname, '../..');
const CLASP = join(ROOT, 'node_modules/@google/clasp/build/src/index.js');
/** Nothing listens on the discard port. */
const NOWHERE = 'http://127.0.0.1:9';
/** The year 2099. */
const FAR_AHEAD_MS = 4_070_908_800_000;

export interface ScriptFile {
  name: string;
  type: string;
  source: string;
}

export interface FakeScriptApi {
  /** Method and path of each request, in order. */
  requests: string[];
  authorization: Set<string>;
  /** What the script project holds; a push replaces all of it. */
  files: ScriptFile[];
  /** Runs clasp in the copy, without a terminal. */
  clasp(...args: string[]): Promise<{ status: number | null; output: string }>;
  close(): void;
}

/** Copies what a deployment is made of into a temporary folder and serves the API for it. */
export async function serveScriptApi(files: ScriptFile[]): Promise<FakeScriptApi> {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-clasp-'));
  for (const name of ['.clasp.json', '.claspignore', 'dist']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  const api = { requests: [] as string[], authorization: new Set<string>(), files };
  const server = createServer(async (request, response) => {
    api.requests.push(`${request.method} ${request.url}`);
    api.authorization.add(request.headers.authorization ?? '');
    if (request.method === 'PUT') api.files = (JSON.parse(await bodyOf(request)) as { files: ScriptFile[] }).files;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ files: api.files }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  writeFileSync(join(folder, 'redirect.mjs'), redirectTo(`http://127.0.0.1:${port}/`));
  writeFileSync(join(folder, 'credentials.json'), JSON.stringify(credentials()));
  return Object.assign(api, {
    clasp: (...args: string[]) => runClasp(folder, args),
    close() {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function redirectTo(rootUrl: string): string {
  return `
    import { createRequire } from 'node:module';
    const { google } = createRequire(${JSON.stringify(CLASP)})('googleapis');
    const script = google.script.bind(google);
    google.script = (options) => script({ ...options, rootUrl: ${JSON.stringify(rootUrl)} });
  `;
}

function credentials() {
  return {
    tokens: {
      default: {
        type: 'authorized_user',
        client_id: 'made-up',
        client_secret: 'made-up',
        refresh_token: 'made-up',
        access_token: 'made-up',
        expiry_date: FAR_AHEAD_MS,
      },
    },
  };
}

function runClasp(folder: string, args: string[]): Promise<{ status: number | null; output: string }> {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    NO_COLOR: '1',
    NODE_OPTIONS: `--import ${pathToFileURL(join(folder, 'redirect.mjs')).href}`,
    HTTPS_PROXY: NOWHERE,
    HTTP_PROXY: NOWHERE,
    NO_PROXY: '127.0.0.1',
  };
  const child = spawn(process.execPath, [CLASP, '-A', join(folder, 'credentials.json'), ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((ended, failed) => {
    child.on('error', failed);
    child.on('close', (status) => ended({ status, output }));
  });
}
