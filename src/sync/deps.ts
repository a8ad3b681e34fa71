/** Everything the shell is given: the ports, the operator's choices, and nothing else. */
import type { Policies } from '../core/policies';
import type { CalendarPort } from '../ports/calendar';
import type { Grants } from '../ports/grants';
import type { HttpPort } from '../ports/http';
import type {
  Authorisation,
  Clock,
  Log,
  Marks,
  PassLock,
  RandomWord,
  Seal,
  StateStore,
  TriggerPort,
} from '../ports/platform';
import type { Provider } from '../ports/provider';

/** A conference offered in Calendar's menu, and the provider that makes it. */
export interface Solution {
  id: string;
  providerName: string;
  provider: Provider;
}

export interface SyncDeps {
  calendar: CalendarPort;
  store: StateStore;
  lock: PassLock;
  marks: Marks;
  clock: Clock;
  triggers: TriggerPort;
  authorisation: Authorisation;
  http: HttpPort;
  grants: Grants;
  randomWord: RandomWord;
  seal: Seal;
  log: Log;
  solutions: ReadonlyMap<string, Solution>;
  policies: Policies;
  /** IANA zone for conferences whose event is not known yet. */
  scriptZone: string;
}
