/**
 * /sandbox/cards: the add-on's side panel by hand. Each POST takes {user, …} and answers with what the add-on gave: a card
 * as JSON, or what a click brings. A click is sent with the card it is on.
 */
import { type Context, Hono } from 'hono';
import type { CardCall, Inputs } from '../../editor/side-panel';
import type { Json } from '../../world/json';
import type { Served } from '../served';
import { BadRequest, object, optionalText, readBody, text } from './body';

export function cardRoutes({ world, runCard }: Served): Hono {
  const { panel } = world;
  const app = new Hono();
  const answer = async (c: Context, call: CardCall) => {
    const result = await runCard(call);
    if (result.ok) return c.json(result.value as object);
    const said = 'killed' in result ? result.killed : `${result.name}: ${result.message}`;
    return c.json({ error: { message: `${call.functionName} failed. ${said}` } }, 502);
  };
  app.post('/home', async (c) => answer(c, panel.home(world.userEmail(text(await readBody(c), 'user')))));
  app.post('/menu', async (c) => {
    const body = await readBody(c);
    return answer(c, panel.menu(world.userEmail(text(body, 'user')), text(body, 'label')));
  });
  app.post('/event', async (c) => {
    const body = await readBody(c);
    const user = world.userEmail(text(body, 'user'));
    const calendarId = optionalText(body, 'calendarId') ?? user;
    return answer(c, panel.event(user, { calendarId, eventId: text(body, 'eventId') }));
  });
  app.post('/click', async (c) => {
    const body = await readBody(c);
    const user = world.userEmail(text(body, 'user'));
    const inputs = body.inputs === undefined ? {} : object(body, 'inputs');
    const wrong = Object.entries(inputs).find(([, value]) => typeof value !== 'string');
    if (wrong !== undefined) throw new BadRequest(`"inputs.${wrong[0]}" is a text.`);
    const click = panel.click(user, object(body, 'card') as Json, text(body, 'button'), inputs as Inputs);
    return 'opens' in click ? c.json(click) : answer(c, click);
  });
  return app;
}
