/** The one place that joins core, shell, adapters and providers. */
import config from './config';
import type { MeetingField } from './core/meeting';
import { DEFAULT_POLICIES } from './core/policies';
import { calendarService } from './gas/calendar-service';
import { urlFetchHttp } from './gas/http';
import {
  cacheMarks,
  consoleLog,
  fullAuthorisation,
  hmacSeal,
  machineClock,
  projectTriggers,
  scriptZone,
  userLock,
  userProperties,
  uuidWord,
} from './gas/platform';
import type { Provider } from './ports/provider';
import type { Solution, SyncDeps } from './sync/deps';

export { config };

/** Everything an execution works with. Built when one begins: nothing is done while the script is loaded. */
export function compose(): SyncDeps {
  const solutions = new Map<string, Solution>();
  const fields = new Set<MeetingField>();
  for (const { id, provider: providerName } of config.solutions) {
    const provider = config.providers[providerName] as Provider;
    solutions.set(id, { id, providerName, provider });
    for (const field of provider.capabilities.keeps) fields.add(field);
  }
  return {
    calendar: calendarService(fields),
    store: userProperties(),
    lock: userLock(),
    marks: cacheMarks(),
    clock: machineClock(),
    triggers: projectTriggers(),
    authorisation: fullAuthorisation(),
    http: urlFetchHttp((name) => config.providers[name]),
    randomWord: uuidWord(),
    seal: hmacSeal(),
    log: consoleLog(),
    solutions,
    policies: { ...DEFAULT_POLICIES, ...config.policies },
    scriptZone: scriptZone(),
  };
}
