/** Organiser and guests of an entry as Calendar has them. RFC 5545, 3.8.4.1 and 3.8.4.3. */
import type { JsonObject } from '../world/json';
import type { Component } from './component';
import { type Property, propertiesOf, propertyOf } from './property';
import type { Warnings } from './warnings';

const RESPONSES: Record<string, string> = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'tentative',
};
const ADDRESS = /^[^\s@<>,;:]+@[^\s@<>,;:]+$/;

export function organizerOf(component: Component): JsonObject | undefined {
  const property = propertyOf(component, 'ORGANIZER');
  const email = property && addressOf(property);
  return property && email ? { email, ...displayName(property) } : undefined;
}

export function attendeesOf(component: Component, warnings: Warnings): JsonObject[] {
  const byEmail = new Map<string, JsonObject>();
  for (const property of propertiesOf(component, 'ATTENDEE')) {
    const email = addressOf(property);
    if (email === undefined) warnings.add('guests without an e-mail address were left out', property.line);
    else if (!byEmail.has(email)) byEmail.set(email, attendee(property, email));
  }
  return [...byEmail.values()];
}

function attendee(property: Property, email: string): JsonObject {
  const kind = property.parameter('cutype')?.toUpperCase();
  const role = property.parameter('role')?.toUpperCase();
  const extra = Number(property.parameter('x-num-guests') ?? 0);
  return {
    email,
    ...displayName(property),
    responseStatus: RESPONSES[property.parameter('partstat')?.toUpperCase() ?? ''] ?? 'needsAction',
    ...((role === 'OPT-PARTICIPANT' || role === 'NON-PARTICIPANT') && { optional: true }),
    ...((kind === 'ROOM' || kind === 'RESOURCE') && { resource: true }),
    ...(Number.isInteger(extra) && extra > 0 && { additionalGuests: extra }),
  };
}

/** Outlook repeats the address as the name; that tells nothing. */
function displayName(property: Property): JsonObject {
  const name = property.parameter('cn')?.trim();
  return name === undefined || name === '' || name.toLowerCase() === addressOf(property) ? {} : { displayName: name };
}

/** Lower case, as Calendar keeps it. The EMAIL parameter (RFC 7986) stands in for addresses of another kind. */
function addressOf(property: Property): string | undefined {
  const candidates = [property.raw.trim().replace(/^mailto:/i, ''), property.parameter('email') ?? ''];
  return candidates.map((candidate) => candidate.toLowerCase()).find((candidate) => ADDRESS.test(candidate));
}
