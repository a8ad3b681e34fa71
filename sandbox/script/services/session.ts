/** Session, the log, chance, and what the prelude asks about the project. */
import { createHash } from 'node:crypto';
import type { Json } from '../../world/json';
import type { AddOn } from '../add-on';
import { SCOPES } from '../authorization';
import type { Caller, Service } from '../service';

/** Numbers handed to Math.random at a time. */
const DRAW = 16;
/** The key of a user rotates this often (reference base/session). */
const KEY_ROTATION_MS = 30 * 24 * 3_600_000;

function temporaryKey(execution: Caller): string {
  const period = Math.floor(execution.runtime.clock.nowMs() / KEY_ROTATION_MS);
  return createHash('sha256')
    .update(`${execution.runtime.addOn.scriptId}/${execution.user}/${period}`)
    .digest('base64')
    .slice(0, 40);
}

/** Symbols the manifest brings besides the advanced Calendar service. */
function bootOf(addOn: AddOn): Json {
  const { dependencies, timeZone } = addOn.manifest;
  const services = dependencies?.enabledAdvancedServices ?? [];
  const calendar = services.find((service) => service.serviceId === 'calendar');
  return {
    timeZone: timeZone ?? 'UTC',
    calendarSymbol: calendar?.userSymbol ?? null,
    otherSymbols: [
      ...services.filter((service) => service !== calendar).map((service) => service.userSymbol),
      ...(dependencies?.libraries ?? [])
        .map(({ userSymbol }) => userSymbol)
        .filter((symbol) => !addOn.libraries?.some(({ userSymbol }) => userSymbol === symbol)),
    ],
  };
}

function html(addOn: AddOn, name: string): string | null {
  return addOn.files.find((file) => file.name === `${name}.html`)?.source ?? null;
}

export function sessionService(addOn: AddOn): Service {
  const boot = bootOf(addOn);
  return {
    'project.boot': { api: 'project', free: true, run: () => boot },
    'project.bridge': {
      api: 'project',
      free: true,
      run: ({ runtime: { switches } }) => ({
        takesLists: switches.listsBecomeText,
        needsConferenceId: switches.conferenceNeedsId,
      }),
    },
    'project.html': { api: 'HtmlService', free: true, run: (_execution, [name]) => html(addOn, String(name)) },
    'random.draw': {
      api: 'Math.random',
      free: true,
      run: (execution) => Array.from({ length: DRAW }, () => execution.random.next()),
    },
    'session.email': {
      api: 'Session.getEmail',
      free: true,
      run: (execution) => (execution.runtime.authorization.covers(execution.user, SCOPES.email) ? execution.user : ''),
    },
    'session.locale': { api: 'Session.getActiveUserLocale', free: true, run: () => 'en' },
    'session.timeZone': { api: 'Session.getScriptTimeZone', free: true, run: () => addOn.manifest.timeZone ?? 'UTC' },
    'session.temporaryKey': { api: 'Session.getTemporaryActiveUserKey', free: true, run: temporaryKey },
    'host.notSimulated': {
      api: 'NotSimulated',
      free: true,
      run(execution, [what]) {
        execution.runtime.noteNotSimulated(String(what));
        execution.trace('fault', `NotSimulated: ${what}`);
        return undefined;
      },
    },
    'log.write': {
      api: 'console',
      run(execution, [level, text]) {
        execution.trace('log', `${level} ${text}`);
        return undefined;
      },
    },
  };
}
