/**
 * The names that properties of a calendar have: what stands before a colon and is none of them is no property.
 *
 * IANA, iCalendar Property Registry (RFC 5545, 5546, 7953, 7986, 9073, 9074, 9253), and vCalendar 1.0.
 */
const REGISTERED = new Set(
  `ACKNOWLEDGED ACTION ATTACH ATTENDEE BEGIN BUSYTYPE CALENDAR-ADDRESS CALSCALE CATEGORIES CLASS COLOR COMMENT
  COMPLETED CONCEPT CONFERENCE CONTACT CREATED DALARM DAYLIGHT DESCRIPTION DTEND DTSTAMP DTSTART DUE DURATION END EXDATE EXRULE
  FREEBUSY GEO IMAGE LAST-MODIFIED LINK LOCATION LOCATION-TYPE METHOD NAME ORGANIZER PALARM PARTICIPANT-TYPE
  PERCENT-COMPLETE PRIORITY PRODID PROXIMITY RDATE RECURRENCE-ID REFID REFRESH-INTERVAL RELATED-TO REPEAT
  REQUEST-STATUS RESOURCE-TYPE RESOURCES RNUM RRULE SEQUENCE SOURCE STATUS STRUCTURED-DATA STYLED-DESCRIPTION SUMMARY
  TRANSP TRIGGER TZ TZID TZID-ALIAS-OF TZNAME TZOFFSETFROM TZOFFSETTO TZUNTIL TZURL UID URL VERSION`.split(/\s+/),
);

/** Values of these are text for people, which some exporters break without folding it. */
const TEXTS = new Set(['CATEGORIES', 'COMMENT', 'CONTACT', 'DESCRIPTION', 'LOCATION', 'RESOURCES', 'SUMMARY']);

/** @param name in upper case. */
export function isPropertyName(name: string): boolean {
  return name.startsWith('X-') || REGISTERED.has(name);
}

/** @param name in upper case. */
export function isTextName(name: string): boolean {
  return name.startsWith('X-') || TEXTS.has(name);
}
