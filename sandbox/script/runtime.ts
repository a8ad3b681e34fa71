/** What every execution of a project shares: the world it runs in, and what is counted and known of the project. */
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
  noteNotSimulated(what: string): void;
}
