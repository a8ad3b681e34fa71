/** Reads the JSON bodies of the control API: what is missing or of the wrong kind is said by name. */
import type { Context } from 'hono';
import { EditorRefusal } from '../../editor/draft';
import type { JsonObject } from '../../world/json';

export type Body = Record<string, unknown>;

/** Thrown for a request that cannot be understood; answered with 400 and its message. */
export class BadRequest extends Error {
  override name = 'BadRequest';
}

/** The request's JSON object; an empty body is an empty object. */
export async function readBody(c: Context): Promise<Body> {
  const text = await c.req.text();
  if (text.trim() === '') return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new BadRequest('The body is not JSON. Send an object, with Content-Type: application/json.');
  }
  if (!isObject(body)) throw new BadRequest('The body is JSON, but not an object.');
  return body;
}

export function text(body: Body, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw new BadRequest(`"${name}" is missing or not a text.`);
  return value;
}

export function optionalText(body: Body, name: string): string | undefined {
  return body[name] === undefined ? undefined : text(body, name);
}

export function wholeNumber(body: Body, name: string, minimum: number, fallback?: number): number {
  const value = body[name] ?? fallback;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < minimum) {
    throw new BadRequest(`"${name}" is missing or not a whole number of at least ${minimum}.`);
  }
  return value;
}

export function object(body: Body, name: string): JsonObject {
  const value = body[name];
  if (!isObject(value)) throw new BadRequest(`"${name}" is missing or not an object.`);
  return value as JsonObject;
}

export function oneOf<T extends string>(body: Body, name: string, allowed: readonly T[], fallback?: T): T {
  const value = body[name] ?? fallback;
  if (!allowed.includes(value as T)) throw new BadRequest(`"${name}" is one of ${allowed.join(', ')}.`);
  return value as T;
}

/** The status and sentence for whatever a control route threw; undefined for a fault of our own. */
export function refusalOf(error: unknown): { status: number; message: string } | undefined {
  if (error instanceof BadRequest || error instanceof RangeError) return { status: 400, message: error.message };
  if (error instanceof EditorRefusal) return { status: error.status, message: error.message };
  if (error instanceof Error && error.name === 'NotSimulated') return { status: 501, message: error.message };
  return undefined;
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
