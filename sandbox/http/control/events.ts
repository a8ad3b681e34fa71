/**
 * /sandbox/events: what a person does to an event on the calendar grid, one POST per verb.
 * Each takes {user, eventId, calendarId?} and what the verb needs; each answers with Calendar's own answer.
 */
import { Hono } from 'hono';
import type { CalendarAnswer } from '../../calendar/types';
import type { CreateCall } from '../../editor/editor';
import type { Reply } from '../../editor/grid';
import type { Served } from '../served';
import { BadRequest, type Body, object, oneOf, optionalText, readBody, text } from './body';
import { SCOPES } from './editors';

const REPLIES: readonly Reply[] = ['accepted', 'declined', 'tentative', 'needsAction'];

type Verb = (
  user: string,
  place: { calendarId: string; eventId: string },
  body: Body,
) => CalendarAnswer | Promise<CalendarAnswer>;

export function eventRoutes(served: Served): Hono {
  const verbs = new Map(Object.entries(verbsOf(served)));
  const app = new Hono();
  app.get('/', (c) => c.json({ verbs: [...verbs.keys()] }));
  app.post('/:verb', async (c) => {
    const verb = verbs.get(c.req.param('verb'));
    if (verb === undefined)
      throw new BadRequest(`No verb "${c.req.param('verb')}". There are: ${[...verbs.keys()].join(', ')}.`);
    const body = await readBody(c);
    const user = served.world.userEmail(text(body, 'user'));
    const place = { calendarId: optionalText(body, 'calendarId') ?? user, eventId: text(body, 'eventId') };
    const answer = await verb(user, place, body);
    if (answer.body === undefined) return c.body(null, answer.status as 204);
    return c.json(answer.body as object, answer.status as 200);
  });
  return app;
}

function verbsOf({ world: { editor, grid }, runCreate }: Served): Record<string, Verb> {
  const create = async (call: CreateCall): Promise<void> => void editor.keepConference(call, await runCreate(call));
  const scopeOf = (body: Body) => oneOf(body, 'scope', SCOPES, 'this');
  /** Whatever happens, no editor stays open. */
  const closing = async (draftId: string, act: () => Promise<CalendarAnswer>): Promise<CalendarAnswer> => {
    try {
      return await act();
    } finally {
      editor.abandon(draftId);
    }
  };
  return {
    delete: (user, place, body) => grid.delete(user, place, scopeOf(body)),
    reply: (user, place, body) =>
      grid.reply(user, place, oneOf(body, 'reply', REPLIES), oneOf(body, 'scope', ['this', 'all'] as const, 'this')),
    move: (user, place, body) => grid.moveTo(user, place, text(body, 'destination')),
    drag: (user, place, body) =>
      grid.drag(user, place, { start: object(body, 'start'), end: object(body, 'end') }, scopeOf(body)),
    restore: (user, place) => grid.restore(user, place),
    edit: (user, place, body) => {
      const { draftId } = editor.open(user, place);
      return closing(draftId, async () => {
        editor.change(draftId, object(body, 'fields'));
        return editor.save(draftId, { scope: scopeOf(body) });
      });
    },
    duplicate: (user, place, body) => {
      const { draft, call } = editor.openDuplicate(user, place.calendarId, place.eventId);
      return closing(draft.draftId, async () => {
        if (call) await create(call);
        if (body.fields !== undefined) editor.change(draft.draftId, object(body, 'fields'));
        return editor.save(draft.draftId);
      });
    },
    /** Opens the editor on a saved event, chooses a conference (or Meet, or none) and saves. */
    conference: (user, place, body) => {
      const { draftId } = editor.open(user, place);
      return closing(draftId, async () => {
        if (body.solutionId === null) editor.removeConference(draftId);
        else if (body.meet === true) editor.chooseMeet(draftId);
        else await create(editor.askConference(draftId, text(body, 'solutionId')));
        const { conference } = editor.draft(draftId);
        if (conference.state === 'failed') return { status: 502, headers: {}, body: { shown: conference.shown } };
        return editor.save(draftId, { scope: scopeOf(body) });
      });
    },
  };
}
