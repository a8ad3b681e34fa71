/** Zoom's limits. Source: developers.zoom.us, "Create a meeting", "Update a meeting", and "Rate limits" of its API. */

/** Creates and updates together, of one user in a day by UTC. Reading and deleting are not counted. */
export const REQUESTS_PER_DAY = 100;
/** LIGHT requests a second of a Pro account. */
export const REQUESTS_PER_SECOND = 30;

export const TOPIC_CHARS = 200;
export const AGENDA_CHARS = 2_000;
export const DURATION_MINUTES = 1_440;
export const OCCURRENCES = 60;
/** Largest repeat_interval of days, weeks and months. */
export const INTERVALS: Readonly<Record<number, number>> = { 1: 99, 2: 50, 3: 10 };
