import { builtAddOn } from '../../support/built-add-on';
import { ANA, type Served, serveWorld } from './serving';

let served: Served;

beforeAll(async () => {
  served = await serveWorld({ addOn: builtAddOn({ jitsi: "jitsiMeet({ baseUrl: 'https://meet.example.org' })" }) });
});

afterAll(() => served.close());

async function post(path: string, body: object): Promise<{ status: number; text: string }> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(`${served.url}/sandbox/${path}`, init);
  return { status: answer.status, text: await answer.text() };
}

describe('the side panel over HTTP', () => {
  it('shows the home card, and the card of an event as its conference comes', async () => {
    expect((await post('cards/home', { user: ANA })).text).toContain('No conferences yet.');
    const fields = { summary: 'Plan', start: { date: '2030-01-01' }, end: { date: '2030-01-02' } };
    const draft = JSON.parse((await post('editors', { user: ANA, fields })).text) as { draftId: string };
    const event = JSON.parse((await post(`editors/${draft.draftId}/save`, {})).text) as { id: string };
    const card = async () => (await post('cards/event', { user: ANA, eventId: event.id })).text;
    expect(await card()).toContain('This event has no conference of ours.');
    await post('events/conference', { user: ANA, eventId: event.id, solutionId: 'jitsi' });
    expect(await card()).toContain('Made for this event.');
    await post('clock/advance', { ms: 600_000 });
    expect(await card()).toContain('In step with this event.');
  });

  it('shows what the menu has, and sends a click with the card it is on', async () => {
    const { text } = await post('cards/menu', { user: ANA, label: 'Settings' });
    expect(text).toContain('Set by your organisation');
    const card = JSON.parse((await post('cards/home', { user: ANA })).text);
    const clicked = await post('cards/click', { user: ANA, card, button: 'Check and repair now' });
    expect([clicked.status, clicked.text]).toEqual([200, expect.stringContaining('Checked.')]);
  });

  it('says what is wrong with a request', async () => {
    const message = async (path: string, body: object) => {
      const { status, text } = await post(path, body);
      return [status, (JSON.parse(text) as { error: { message: string } }).error.message];
    };
    expect(await message('cards/event', { user: ANA, eventId: 'none' })).toEqual([
      404,
      'There is no event none on ana@example.com.',
    ]);
    expect(await message('cards/menu', { user: ANA, label: 'Help' })).toEqual([
      404,
      'No entry "Help" in the menu. There are: Settings.',
    ]);
    const click = { user: ANA, card: {}, button: 'x', inputs: { a: 1 } };
    expect(await message('cards/click', click)).toEqual([400, '"inputs.a" is a text.']);
  });

  it('says which function failed, and how', async () => {
    served.world.faults.next('script.properties.getProperties', { kind: 'kill', when: 'before' });
    const { status, text } = await post('cards/home', { user: ANA });
    expect([status, text]).toEqual([502, expect.stringContaining('showHome failed.')]);
  });
});
