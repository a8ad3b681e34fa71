/** Every scenario, by subject. */
import { consent } from './consent';
import { deadTriggers } from './dead-triggers';
import { eventCard } from './event-card';
import { exceptions } from './exceptions';
import { failure } from './failure';
import { google } from './google';
import { kills } from './kills';
import { leftOut } from './left-out';
import { lifeCycle } from './life-cycle';
import { limits } from './limits';
import { longLists } from './long-lists';
import { memory } from './memory';
import { moves } from './moves';
import { noise } from './noise';
import { outOfSight } from './out-of-sight';
import { outages } from './outages';
import { ownership } from './ownership';
import { people } from './people';
import { recurrence } from './recurrence';
import { restored } from './restored';
import { shared } from './several-people';
import { splits } from './splits';
import type { Scenario } from './stage';
import { succession } from './succession';
import { time } from './time';
import { triggers } from './triggers';

export const SUBJECTS: ReadonlyArray<readonly [subject: string, scenarios: Scenario[]]> = [
  ['the life of an event with a conference', lifeCycle],
  ['second thoughts', restored],
  ['what must cost nothing', noise],
  ['recurring events', recurrence],
  ['occurrences that differ from their rule', exceptions],
  ['dates that a series leaves out', leftOut],
  ['one conference of several events', splits],
  ['days, zones and clocks', time],
  ['whose event it is', ownership],
  ['an event that changes its calendar', moves],
  ['events out of sight', outOfSight],
  ['calendars and conferences of several people', shared],
  ['people who leave', succession],
  ['when things fail', failure],
  ['conference servers on bad days', outages],
  ['Google on bad days', google],
  ['executions that are killed', kills],
  ['where limits begin', limits],
  ['a memory that is damaged or another version’s', memory],
  ['lists that take longer than an execution', longLists],
  ['triggers and grants', triggers],
  ['what people allow, scope by scope', consent],
  ['triggers that have died', deadTriggers],
  ['what people are told', people],
  ['the card of an event', eventCard],
];
