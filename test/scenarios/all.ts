/** Every scenario, by subject. */
import { failure } from './failure';
import { lifeCycle } from './life-cycle';
import { moves } from './moves';
import { noise } from './noise';
import { ownership } from './ownership';
import { recurrence } from './recurrence';
import { shared } from './shared';
import type { Scenario } from './stage';
import { triggers } from './triggers';

export const SUBJECTS: ReadonlyArray<readonly [subject: string, scenarios: Scenario[]]> = [
  ['the life of an event with a conference', lifeCycle],
  ['what must cost nothing', noise],
  ['recurring events', recurrence],
  ['whose event it is', ownership],
  ['an event that changes its calendar', moves],
  ['calendars and conferences of several people', shared],
  ['when things fail', failure],
  ['triggers and grants', triggers],
];
