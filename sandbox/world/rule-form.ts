/**
 * What makes the value of an RRULE a rule: RFC 5545, 3.3.10, its grammar and what it forbids.
 *
 * ical.js reads rules, but it passes over parts that it does not know, takes numbers for what begins like one, keeps
 * the last of two parts alike and repeats for ever where COUNT is nothing. A rule that has any of it is refused by
 * name here, before ical.js is asked, so that no rule is read as another one in silence.
 */

const WEEKDAY = '(?:SU|MO|TU|WE|TH|FR|SA)';
const FREQUENCIES = ['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];

/** How one value of a part has to look, and the greatest number in it; `signed` ones count from the end as well. */
interface PartForm {
  form: RegExp;
  list?: boolean;
  least?: number;
  most?: number;
}

const numbers = (least: number, most: number): PartForm => ({ form: /^\d{1,3}$/, list: true, least, most });
const signed = (most: number): PartForm => ({ form: /^[+-]?\d{1,3}$/, list: true, least: 1, most });
const positive: PartForm = { form: /^\d{1,10}$/, least: 1 };

const PARTS: Readonly<Record<string, PartForm>> = {
  FREQ: { form: new RegExp(`^(?:${FREQUENCIES.join('|')})$`) },
  UNTIL: { form: /^\d{8}(?:T\d{6}Z?)?$/ },
  COUNT: positive,
  INTERVAL: positive,
  BYSECOND: numbers(0, 60),
  BYMINUTE: numbers(0, 59),
  BYHOUR: numbers(0, 23),
  BYDAY: { form: new RegExp(`^(?:[+-]?\\d{1,2})?${WEEKDAY}$`), list: true, least: 1, most: 53 },
  BYMONTHDAY: signed(31),
  BYYEARDAY: signed(366),
  BYWEEKNO: signed(53),
  BYMONTH: numbers(1, 12),
  BYSETPOS: signed(366),
  WKST: { form: new RegExp(`^${WEEKDAY}$`) },
};

/**
 * What is wrong with the value of an RRULE, as the end of a sentence such as `has COUNT=0, which is out of range`;
 * undefined where nothing is. Names may be in either case, values are those of RFC 5545 in upper case.
 */
export function ruleFault(rule: string): string | undefined {
  const parts = new Map<string, string>();
  for (const part of rule.split(';')) {
    const at = part.indexOf('=');
    const name = part.slice(0, at === -1 ? undefined : at).toUpperCase();
    const value = at === -1 ? '' : part.slice(at + 1);
    const fault = partFault(name, value);
    if (fault !== undefined) return `has ${JSON.stringify(shortened(part))}, which ${fault}`;
    if (parts.has(name)) return `has ${name} twice`;
    parts.set(name, value);
  }
  return parts.has('FREQ') ? togetherFault(parts) : 'has no FREQ';
}

function partFault(name: string, value: string): string | undefined {
  if (!Object.hasOwn(PARTS, name)) return 'is no part of a rule';
  const { form, list, least = 0, most = Number.POSITIVE_INFINITY } = PARTS[name] as PartForm;
  for (const one of list ? value.split(',') : [value]) {
    if (!form.test(one)) return 'is not of the form that iCalendar wants';
    const digits = least === 0 && most === Number.POSITIVE_INFINITY ? undefined : /\d+/.exec(one)?.[0];
    if (digits !== undefined && (Number(digits) < least || Number(digits) > most)) return 'is out of range';
  }
  return undefined;
}

/** What may not stand together. */
function togetherFault(parts: ReadonlyMap<string, string>): string | undefined {
  const frequency = parts.get('FREQ') as string;
  const has = (name: string) => parts.has(name);
  if (has('COUNT') && has('UNTIL')) return 'has two ends, COUNT and UNTIL';
  const numbered = /\d/.test(parts.get('BYDAY') ?? '');
  if (numbered && (!['MONTHLY', 'YEARLY'].includes(frequency) || has('BYWEEKNO')))
    return `counts the days of BYDAY, which a ${frequency} rule${has('BYWEEKNO') ? ' with BYWEEKNO' : ''} cannot`;
  if (frequency === 'MONTHLY' && /[6-9]|\d\d/.test(parts.get('BYDAY') ?? ''))
    return 'counts a weekday beyond the fifth of a month';
  if (has('BYMONTHDAY') && frequency === 'WEEKLY') return 'has BYMONTHDAY, which a WEEKLY rule cannot';
  if (has('BYWEEKNO') && frequency !== 'YEARLY') return `has BYWEEKNO, which a ${frequency} rule cannot`;
  if (has('BYYEARDAY') && ['DAILY', 'WEEKLY', 'MONTHLY'].includes(frequency))
    return `has BYYEARDAY, which a ${frequency} rule cannot`;
  const others = [...parts.keys()].filter((name) => name.startsWith('BY') && name !== 'BYSETPOS');
  return has('BYSETPOS') && others.length === 0 ? 'has BYSETPOS and nothing to count' : undefined;
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
