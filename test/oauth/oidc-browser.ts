/** The certified server as a child process, and a person's browser before its login and consent pages. */
import { type ChildProcess, spawn } from 'node:child_process';
import http from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface OidcServer {
  baseUrl: string;
  close(): void;
}

export async function startOidcServer(redirectUri: string): Promise<OidcServer> {
  const child: ChildProcess = spawn(process.execPath, [join(__dirname, 'oidc-server.mjs'), redirectUri], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const port = /^port (\d+)$/.exec(line)?.[1];
    if (port !== undefined) return { baseUrl: `http://127.0.0.1:${port}/`, close: () => void child.kill() };
  }
  throw new Error('The OAuth server ended before it listened.');
}

interface Answer {
  status: number;
  location?: string;
  html: string;
}

/** Keeps cookies, and goes to https://id.example.com as a proxy would pass it on. */
export class OidcBrowser {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly server: OidcServer) {}

  /** Logs in, agrees, and stops at the first address that is not the server's: the redirect back. */
  async agrees(url: string): Promise<string> {
    let next: { url: string; form?: string } = { url };
    for (let step = 0; step < 20; step++) {
      const answer = await this.ask(next.url, next.form);
      if (answer.location !== undefined) {
        const target = new URL(answer.location, next.url);
        if (target.host !== 'id.example.com') return target.href;
        next = { url: target.href };
        continue;
      }
      const action = /<form[^>]* action="([^"]+)"/.exec(answer.html)?.[1];
      const prompt = /name="prompt" value="([^"]+)"/.exec(answer.html)?.[1];
      if (action === undefined || prompt === undefined)
        throw new Error(`${answer.status} at ${next.url}: ${answer.html}`);
      next = { url: new URL(action, next.url).href, form: `prompt=${prompt}&login=ana&password=any` };
    }
    throw new Error('The login has no end.');
  }

  private ask(url: string, form?: string): Promise<Answer> {
    const { pathname, search, host } = new URL(url);
    const headers: http.OutgoingHttpHeaders = {
      host,
      'x-forwarded-proto': 'https',
      cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
    };
    return new Promise((resolve, reject) => {
      const target = new URL(pathname + search, this.server.baseUrl);
      const request = http.request(target, { method: form === undefined ? 'GET' : 'POST', headers }, (response) => {
        let html = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          html += chunk;
        });
        response.on('end', () => {
          for (const cookie of response.headers['set-cookie'] ?? []) this.keep(cookie);
          const { location } = response.headers;
          resolve({ status: response.statusCode ?? 0, html, ...(location !== undefined && { location }) });
        });
      });
      request.on('error', reject);
      request.end(form);
    });
  }

  private keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
