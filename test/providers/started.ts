/** The sandbox as `npm start -- --provider NAME` runs it, and a person with an HTTP client and a browser before it. */
import { Running } from '../sandbox/cli/running-program';

const ANA = 'ana@example.com';
const EVENT = {
  summary: 'Design review',
  start: { dateTime: '2030-03-05T10:00:00', timeZone: 'Europe/Zurich' },
  end: { dateTime: '2030-03-05T11:00:00', timeZone: 'Europe/Zurich' },
};

export interface Met {
  eventId: string;
  /** To join by. */
  link?: string;
  /** Where the person is to connect first. */
  connectUrl?: string;
}

export class Started {
  url = '';
  readonly program: Running;

  constructor(
    private readonly provider: string,
    addOn: string,
    data: string,
    ...options: string[]
  ) {
    const args = ['--provider', provider, '--addon', addOn, '--data', data, '--port', '0', ...options];
    this.program = new Running(...args);
  }

  async begin(): Promise<void> {
    this.url = await this.program.url();
  }

  end(): Promise<unknown> {
    return this.program.end('SIGTERM');
  }

  async post(path: string, body: object): Promise<{ status: number; body: Record<string, unknown> }> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${this.url}/sandbox/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
  }

  /** An event of Ana's that is saved, and for which she then chooses the conference. */
  async meets(): Promise<Met> {
    const { body: draft } = await this.post('editors', { user: ANA, fields: EVENT });
    const { body: event } = await this.post(`editors/${draft.draftId}/save`, {});
    const eventId = event.id as string;
    const { body } = await this.post('events/conference', { user: ANA, eventId, solutionId: this.provider });
    const points = (body.conferenceData as { entryPoints?: Array<{ uri: string }> } | undefined)?.entryPoints;
    const shown = body.shown as { authenticationUrl?: string } | undefined;
    const link = points?.[0]?.uri;
    const connectUrl = shown?.authenticationUrl;
    return { eventId, ...(link && { link }), ...(connectUrl && { connectUrl }) };
  }

  /** Lets the triggers that are due in the next minutes run. */
  async later(): Promise<void> {
    await this.post('clock/advance', { ms: 10 * 60_000 });
  }

  /** What the service keeps. */
  async conferences(): Promise<unknown> {
    return ((await (await fetch(`${this.url}/sandbox/conferences`)).json()) as { conferences: unknown }).conferences;
  }

  /** What a browser shows for an address of the world; for '' the list of all links. */
  async opens(link: string): Promise<string> {
    return (await fetch(`${this.url}/net/${link && `?url=${encodeURIComponent(link)}`}`)).text();
  }

  /** Opens the page where a person is asked, says yes there, and shows what comes back in the end. */
  async agrees(url: string): Promise<string> {
    return this.sends(await this.opens(url), { account: ANA, decision: 'allow' });
  }

  /** Sends the form of a page with these fields filled in. */
  async sends(html: string, fields: Record<string, string>): Promise<string> {
    const action = /<form method="post" action="([^"]+)">/.exec(html)?.[1] ?? '';
    const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)];
    const form = new URLSearchParams();
    for (const [, name = '', value = ''] of hidden) form.set(name, value.replace(/&amp;/g, '&'));
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return (await fetch(this.url + action, { method: 'POST', body: form })).text();
  }
}
