/** All that one run of the workloads brought. */
import type { Full } from './full';
import type { Growth } from './growth';
import type { Result } from './result';

export interface Played {
  day: Result;
  noise: Result;
  bursts: Result[];
  gap: Result[];
  outages: Result[];
  growth: Growth[];
  nearly: Result[];
  full: Full;
}
