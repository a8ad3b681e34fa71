/** The one place that joins core, shell, adapters and providers. */
import config from './config';
import type { MeetingField } from './core/meeting';
import { DEFAULT_POLICIES } from './core/policies';
import { calendarService } from './gas/calendar-service';
import { personsConsent } from './gas/consent';
import { isOAuth, urlFetchHttp } from './gas/http';
import { appsScript } from './gas/oauth/apps-script';
import { oauthClient } from './gas/oauth/token-source';
import { Passwords } from './gas/passwords';
import {
  cacheMarks,
  consoleLog,
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
  const [lock, clock, log] = [userLock(), machineClock(), consoleLog()];
  const auths = [...solutions.values()].flatMap(({ providerName, provider: { auth } }) =>
    isOAuth(auth) ? [[providerName, auth] as const] : [],
  );
  const platform = appsScript(lock, clock, log);
  const { tokens, grants } = oauthClient(auths, platform);
  const passwords = new Passwords(
    [...solutions.values()].map(({ providerName, provider: { auth } }) => [providerName, auth] as const),
    platform,
  );
  return {
    calendar: calendarService(fields, (id) => config.solutions.find((solution) => solution.id === id)),
    store: userProperties(),
    lock,
    marks: cacheMarks(),
    clock,
    triggers: projectTriggers(),
    authorisation: personsConsent(),
    http: urlFetchHttp((name) => config.providers[name], tokens, passwords),
    grants: passwords.besides(grants),
    randomWord: uuidWord(),
    seal: hmacSeal(),
    log,
    solutions,
    policies: { ...DEFAULT_POLICIES, ...config.policies },
    scriptZone: scriptZone(),
  };
}
