/** /sandbox/editors: Calendar's event editor by hand. One editor is one draft. */
import { Hono } from 'hono';
import type { Served } from '../served';
import { object, oneOf, optionalText, readBody, text } from './body';

export const SCOPES = ['this', 'following', 'all'] as const;
export const SEND_UPDATES = ['all', 'externalOnly', 'none'] as const;

export function editorRoutes({ world, runCreate }: Served): Hono {
  const { editor } = world;
  const app = new Hono();
  app.get('/', (c) => c.json({ solutions: editor.solutions, editors: editor.openDrafts() }));
  app.post('/', async (c) => {
    const body = await readBody(c);
    const [calendarId, eventId] = [optionalText(body, 'calendarId'), optionalText(body, 'eventId')];
    const draft = editor.open(world.userEmail(text(body, 'user')), {
      ...(calendarId && { calendarId }),
      ...(eventId && { eventId }),
    });
    return c.json(body.fields === undefined ? draft : editor.change(draft.draftId, object(body, 'fields')), 201);
  });
  app.get('/:draftId', (c) => c.json(editor.draft(c.req.param('draftId'))));
  app.patch('/:draftId', async (c) =>
    c.json(editor.change(c.req.param('draftId'), object(await readBody(c), 'fields'))),
  );
  app.delete('/:draftId', (c) => {
    editor.discard(c.req.param('draftId'));
    return c.body(null, 204);
  });
  app.post('/:draftId/conference', async (c) => {
    const body = await readBody(c);
    const draftId = c.req.param('draftId');
    if (body.meet === true) return c.json(editor.chooseMeet(draftId));
    const call = editor.askConference(draftId, text(body, 'solutionId'));
    const draft = editor.keepConference(call, await runCreate(call));
    return c.json(draft ?? editor.draft(draftId));
  });
  app.delete('/:draftId/conference', (c) => c.json(editor.removeConference(c.req.param('draftId'))));
  app.post('/:draftId/save', async (c) => {
    const body = await readBody(c);
    const answer = editor.save(c.req.param('draftId'), {
      scope: oneOf(body, 'scope', SCOPES, 'this'),
      sendUpdates: oneOf(body, 'sendUpdates', SEND_UPDATES, 'none'),
    });
    return c.json(answer.body as object, answer.status as 200);
  });
  return app;
}
