/** `npm start` with a real Janus behind it: executions in workers, real time, real HTTP. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../bundle/builds';
import { killAll, Running } from '../sandbox/cli/running-program';
import { buildInto } from '../support/built-add-on';
import { JANUS_INSTALLED, JANUS_SECRETS, type JanusServer, startJanus } from './janus-server';
import { describeWith } from './process';

const OPTIONS = {
  baseUrl: 'https://janus.example.org',
  joinUrl: 'https://janus.example.org/demos/videoroomtest.html?room=',
};

describeWith('Janus', JANUS_INSTALLED)('the program, with a real Janus', () => {
  let janus: JanusServer;
  let folder: string;
  let url: string;

  beforeAll(async () => {
    folder = makeFolder();
    janus = await startJanus();
    const program = new Running(
      ...['--addon', buildInto(folder, { room: `janus(${JSON.stringify(OPTIONS)})` }), '--port', '0'],
      ...['--data', join(folder, 'state'), '--server', `janus.example.org=${janus.url}`],
      ...['--script-property', `JANUS_ADMIN_SECRET=${JANUS_SECRETS.admin}`],
      ...['--script-property', `JANUS_ADMIN_KEY=${JANUS_SECRETS.key}`],
      ...['--script-property', `JANUS_ROOM_SECRET=${JANUS_SECRETS.room}`],
    );
    url = await program.url();
  }, 60_000);

  afterAll(async () => {
    killAll();
    await janus?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 15_000);

  const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/sandbox/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return text === '' ? {} : JSON.parse(text);
  };
  /** Lets the triggers that are due in the next minutes run. */
  const later = () => post('clock/advance', { ms: 10 * 60_000 });
  const titles = (): string[] => {
    const request = { request: 'list', admin_key: JANUS_SECRETS.key };
    const body = { janus: 'message_plugin', transaction: 't', admin_secret: JANUS_SECRETS.admin };
    const text = JSON.stringify({ ...body, plugin: 'janus.plugin.videoroom', request });
    const exchange = { method: 'POST', url: 'https://janus.example.org/admin', headers: {}, body: text };
    const { response } = JSON.parse(janus.site.handle(exchange).body);
    return response.list.map(({ description }: { description: string }) => description);
  };

  it('makes a room while a person waits, and brings it the event’s title', async () => {
    const fields = {
      summary: 'Design review',
      start: { dateTime: '2030-03-05T10:00:00', timeZone: 'Europe/Zurich' },
      end: { dateTime: '2030-03-05T11:00:00', timeZone: 'Europe/Zurich' },
    };
    const { draftId } = await post('editors', { user: 'ana@example.com', fields });
    const chosen = await post(`editors/${draftId}/conference`, { solutionId: 'room' });
    expect(titles()).toEqual(['Meeting']);
    expect(JSON.stringify(chosen)).toContain(OPTIONS.joinUrl);
    const event = await post(`editors/${draftId}/save`, {});
    await later();
    expect(titles()).toEqual(['Design review']);
    await post('events/delete', { user: 'ana@example.com', eventId: event.id });
    for (let tens = 0; tens < 8; tens++) await later();
    expect(titles()).toEqual([]);
  }, 60_000);
});
