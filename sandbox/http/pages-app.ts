/**
 * An origin of its own for real servers: /net/HOST/PATH of those hosts alone, on another port.
 *
 * Their pages need scripts, Janus' video room for example, and what runs there must not reach the sandbox: to a browser
 * another port is another origin, from which the sandbox takes nothing but the way back to the add-on's callback.
 */
import { type Context, Hono } from 'hono';
import type { InstalledProvider } from '../providers/provider';
import type { World } from '../whole-world';
import { netAddress, passedOn } from './net-exchange';
import { comesFromElsewhere, door, isNavigation } from './own-origin';
import type { Served } from './served';
import { HOST, type Listening, listen } from './server';

/** Whether the pages at an address get the other origin: those of a real server, or of the web server beside it. */
export function isRealPage(url: URL, world: World, service: InstalledProvider | undefined): boolean {
  return world.internet.isReal(url.href) || service?.pages?.host === url.host;
}

/** @param mainPort where the sandbox listens: the add-on's callback is there. */
export function pagesApp(served: Served, mainPort: number): Hono {
  const app = new Hono();
  app.use(door((c) => comesFromElsewhere(c) === 'same-site' && isNavigation(c)));
  app.all('/net/*', async (c) => {
    const url = netAddress(c);
    const service = served.service?.();
    if (url === undefined || !isRealPage(url, served.world, service)) return nothing(c);
    const file = url.host === service?.pages?.host ? await service.pages.file(url) : undefined;
    if (file !== undefined) {
      return new Response(file.body, { status: file.status, headers: { 'Content-Type': file.type } });
    }
    const main = `http://${nameOf(c)}:${mainPort}`;
    const answer = await passedOn(c, url, served, main);
    if (c.req.method === 'GET') return answer;
    await served.commit();
    served.wake();
    return answer;
  });
  app.all('*', nothing);
  return app;
}

function nothing(c: Context): Response {
  return c.text('Here are pages of real servers, and nothing else.\n', 404);
}

/** The name of this machine that the browser uses. */
export function nameOf(c: Context): string {
  return (c.req.header('host') ?? HOST).replace(/:\d+$/, '');
}

/** That origin, which listens from the first time that it is needed. */
export class PagesOrigin {
  private listening: Promise<Listening> | undefined;

  constructor(
    private readonly served: Served,
    private readonly mainPort: () => number,
  ) {}

  async port(): Promise<number> {
    this.listening ??= listen(pagesApp(this.served, this.mainPort()), 0);
    return (await this.listening).port;
  }

  async close(): Promise<void> {
    await (await this.listening)?.close();
  }
}
