/**
 * /sandbox/consent: which of the manifest's scopes a person has granted the add-on. POST /sandbox/consent/<verb> with
 * {user, …} is what they do about it: `install` or `consent` {without: […]}, `revoke` {scope?}.
 * A scope may be named by its last part, such as script.scriptapp. `boxes` is the form of the page for people.
 */
import { Hono } from 'hono';
import type { Authorization } from '../../script/authorization';
import { consentPage } from '../consent-app';
import type { Served } from '../served';
import { BadRequest, type Body, optionalText, readBody, text } from './body';

type Verb = (authorization: Authorization, user: string, body: Body) => void;

const VERBS = new Map<string, Verb>([
  ['install', (authorization, user, body) => authorization.install(user, without(body))],
  ['consent', (authorization, user, body) => authorization.consent(user, without(body))],
  [
    'revoke',
    (authorization, user, body) => {
      const scope = optionalText(body, 'scope');
      if (scope === undefined) authorization.revoke(user);
      else authorization.revokeScope(user, scope);
    },
  ],
]);

export function consentRoutes({ world }: Served): Hono {
  const app = new Hono();
  app.get('/', (c) => {
    const users = world.hasAddOn ? world.calendar.accounts() : [];
    return c.json({ users: users.map(({ email }) => standing(world.script, email)) });
  });
  app.use('/:verb', async (_c, next) => {
    if (!world.hasAddOn) throw new BadRequest('There is no add-on to consent to; start the sandbox with one.');
    await next();
  });
  app.post('/boxes', async (c) => {
    const { user, scope = [] } = await c.req.parseBody({ all: true });
    const ticked = [scope].flat();
    const email = world.userEmail(String(user));
    const { authorization } = world.script;
    const { missing } = authorization.scopes(email);
    authorization.consent(
      email,
      missing.filter((one) => !ticked.includes(one)),
    );
    return c.html(consentPage(authorization, email));
  });
  app.post('/:verb', async (c) => {
    const verb = VERBS.get(c.req.param('verb'));
    if (verb === undefined)
      throw new BadRequest(`No verb "${c.req.param('verb')}". There are: ${[...VERBS.keys()].join(', ')}.`);
    const body = await readBody(c);
    const user = world.userEmail(text(body, 'user'));
    verb(world.script.authorization, user, body);
    return c.json(standing(world.script, user));
  });
  return app;
}

function standing({ authorization }: { authorization: Authorization }, user: string) {
  return { user, ...authorization.scopes(user) };
}

function without(body: Body): string[] {
  const { without: scopes = [] } = body;
  if (!Array.isArray(scopes) || scopes.some((scope) => typeof scope !== 'string'))
    throw new BadRequest('"without" is a list of scopes.');
  return scopes as string[];
}
