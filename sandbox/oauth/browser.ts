/**
 * One person's browser, signed in to Google: opens addresses, follows redirects, sends forms.
 *
 * The add-on's callback is run as Google does, for the person who is signed in here; everything else is the sandbox's
 * internet. It keeps no cookies.
 */
import { callbackAddress, pageOf, STATE_REFUSED, userCallback } from '../script/user-callback';
import type { World } from '../whole-world';

const MAX_REDIRECTS = 10;

export interface Page {
  url: string;
  status: number;
  html: string;
}

export class Browser {
  private shown: Page | undefined;

  constructor(
    private readonly world: World,
    private readonly user: string,
  ) {}

  get page(): Page {
    if (this.shown === undefined) throw new Error('No page is open.');
    return this.shown;
  }

  opens(url: string): Page {
    return this.show('GET', url, '');
  }

  /** Sends the page's form with these fields filled in, and its hidden ones as they are. */
  sends(fields: Record<string, string>): Page {
    const action = /<form method="post" action="([^"]+)">/.exec(this.page.html)?.[1];
    if (action === undefined) throw new Error(`There is no form on ${this.page.url}.`);
    const hidden = [...this.page.html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)];
    const form = new URLSearchParams(
      hidden.map(([, name, value]): [string, string] => [name as string, unescapeHtml(value as string)]),
    );
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return this.show('POST', action, form.toString());
  }

  private show(method: 'GET' | 'POST', first: string, body: string): Page {
    let url = first;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      if (url.startsWith(callbackAddress(this.world.script.scriptId))) return this.callback(url);
      const isForm = method === 'POST' && hops === 0;
      const headers: Record<string, string> = isForm ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
      const request = { method: isForm ? 'POST' : 'GET', url, headers, ...(isForm && { body }) };
      const reply = this.world.internet.fetch(request, this.user);
      const location = Object.entries(reply.headers).find(([name]) => name.toLowerCase() === 'location')?.[1];
      if (reply.status < 300 || reply.status >= 400 || location === undefined) {
        this.shown = { url, status: reply.status, html: reply.body };
        return this.shown;
      }
      url = new URL(location, url).href;
    }
    throw new Error(`More than ${MAX_REDIRECTS} redirects from ${first}.`);
  }

  private callback(url: string): Page {
    const { script } = this.world;
    const callback = userCallback(script, url, this.user);
    this.shown =
      callback === undefined
        ? { url, status: 400, html: STATE_REFUSED }
        : { url, ...pageOf(script.run(this.user, callback.method, [callback.event], 'card')) };
    return this.shown;
  }
}

function unescapeHtml(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}
