/** What every execution of a project shares: the world it runs in and the services it may call. */
import type { CalendarService } from '../calendar/service';
import type { Clock } from '../world/clock';
import type { Faults } from '../world/faults';
import type { Internet } from '../world/internet';
import type { Random } from '../world/random';
import type { Records } from '../world/records';
import type { SwitchSettings } from '../world/switches';
import type { Trace } from '../world/trace';
import type { AddOn } from './add-on';
import type { Authorization } from './authorization';
import type { Latency } from './latency';
import type { Quotas } from './quotas';
import type { ServiceMethod } from './service';

export interface Runtime {
  readonly addOn: AddOn;
  readonly calendar: CalendarService;
  readonly internet: Internet;
  readonly records: Records;
  readonly clock: Clock;
  readonly random: Random;
  readonly switches: SwitchSettings;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly latency: Latency;
  readonly quotas: Quotas;
  readonly authorization: Authorization;
  /** Every service method by its name on the wire. */
  readonly methods: ReadonlyMap<string, ServiceMethod>;
  noteNotSimulated(what: string): void;
}
