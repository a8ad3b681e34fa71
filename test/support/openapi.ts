/**
 * Holds an exchange to the vendor's own description of its API (OpenAPI 3.0), in process.
 *
 * The descriptions are no part of this project: they are read from `../shared/specs` beside the checkout, and what needs
 * one is skipped, saying so, where that is absent. Stricter than the description in one way: a field it does not name is
 * an error, in requests and answers alike.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { HttpExchange, HttpReply } from '../../sandbox/world/exchange';
import { ADDITIONS, type Addition, CORRECTIONS, type Correction } from './spec-corrections';

type Schema = { [keyword: string]: unknown };
type Content = Record<string, { schema?: Schema }>;

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema?: Schema;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

function fileOf(name: string): string {
  return resolve(__dirname, '../../../shared/specs', name);
}

/**
 * @param name the description's file.
 * @param basePath what stands before its paths: `/v2`.
 * @returns undefined, with a printed reason, where the description is absent.
 */
export function apiDescription(name: string, basePath: string): ApiDescription | undefined {
  if (existsSync(fileOf(name))) return new ApiDescription(name, basePath);
  console.warn(`Exchanges are not held to the vendor's description: ${name} is not at ../shared/specs.`);
  return undefined;
}

export class ApiDescription {
  private readonly operations = new Map<string, Operation>();
  private readonly validators = new Map<string, ValidateFunction>();
  private readonly ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false });
  private readonly numbers = new Ajv({ strict: false, coerceTypes: true });

  constructor(
    name: string,
    private readonly basePath: string,
  ) {
    addFormats(this.ajv);
    addFormats(this.numbers);
    const document = inlined(JSON.parse(readFileSync(fileOf(name), 'utf8')));
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const method of METHODS) {
        const operation = methods[method];
        if (operation !== undefined) this.operations.set(`${method} ${path}`, operation);
      }
    }
    for (const correction of CORRECTIONS[name] ?? []) this.correct(correction);
    for (const addition of ADDITIONS[name] ?? []) this.add(addition);
  }

  /** What is wrong with the request, and what with the answer; none when both are as described. */
  problems(request: HttpExchange, reply: HttpReply): string[] {
    const url = new URL(request.url);
    const path = url.pathname.slice(this.basePath.length);
    const found = [...this.operations].find(([name]) => matches(name, request.method, path));
    if (found === undefined) return [`${request.method} ${path} is not described`];
    const [name, operation] = found;
    // A request that is refused as wrong may be wrong.
    const asked = reply.status === 400 ? [] : this.requestProblems(name, operation, url, request.body);
    return [...asked, ...this.answerProblems(name, operation, reply)];
  }

  private requestProblems(name: string, operation: Operation, url: URL, body: string | undefined): string[] {
    const parameters = (operation.parameters ?? []).filter((one) => one.in === 'query');
    const strange = [...url.searchParams.keys()].filter((key) => !parameters.some((one) => one.name === key));
    const wrong = parameters.filter(({ name: parameter, required, schema }) => {
      const value = url.searchParams.get(parameter);
      if (value === null) return required === true;
      const given = { value };
      return schema && !this.numbers.validate({ type: 'object', properties: { value: schema } }, given);
    });
    const schema = operation.requestBody && schemaIn(operation.requestBody.content);
    return [
      ...strange.map((key) => `${name}: the parameter ${key} is not described`),
      ...wrong.map((one) => `${name}: the parameter ${one.name} is wrong`),
      ...(schema === undefined && body !== undefined ? [`${name}: no body is described`] : []),
      ...(schema === undefined ? [] : this.bodyProblems(`${name} request`, schema, body)),
    ];
  }

  private answerProblems(name: string, { responses }: Operation, { status, body }: HttpReply): string[] {
    const declared = responses[String(status)];
    if (declared === undefined) return [`${name}: the answer ${status} is not described`];
    const schema = declared.content && schemaIn(declared.content);
    if (schema !== undefined) return this.bodyProblems(`${name} ${status}`, schema, body);
    return status < 300 && body !== '' ? [`${name} ${status}: the answer is to be empty`] : [];
  }

  private bodyProblems(place: string, schema: Schema, text: string | undefined): string[] {
    let validate = this.validators.get(place);
    if (validate === undefined) {
      validate = this.ajv.compile(closed(schema));
      this.validators.set(place, validate);
    }
    if (validate(text === undefined || text === '' ? undefined : JSON.parse(text))) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const field = (params as { additionalProperty?: string }).additionalProperty;
      return `${place}: ${instancePath || '/'} ${message}${field === undefined ? '' : ` (${field})`}`;
    });
  }

  private add({ operation, like, fields, itemFields, mostItems }: Addition): void {
    const model = this.operations.get(like);
    const one = model?.requestBody && schemaIn(model.requestBody.content);
    const answer = schemaIn(model?.responses['200']?.content ?? {});
    if (model === undefined || one === undefined || answer === undefined || this.operations.has(operation)) {
      throw new Error(`The addition of ${operation} adds nothing, or is like nothing.`);
    }
    const listOf = (items: Schema, maxItems?: number): Schema => ({
      type: 'array',
      items,
      ...(maxItems && { maxItems }),
    });
    const json = (schema: Schema) => ({ content: { 'application/json': { schema } } });
    const properties = (one.properties ?? {}) as Record<string, unknown>;
    const only = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, properties[name]]));
    const item: Schema = { type: 'object', required: ['email'], properties: only(itemFields) };
    const asked = { ...only(fields), items: listOf(item, mostItems) };
    this.operations.set(operation, {
      requestBody: json({ type: 'object', required: ['meetingId', 'items'], properties: asked }),
      responses: { ...model.responses, 200: json({ type: 'object', properties: { items: listOf(answer) } }) },
    });
  }

  private correct({ operation, at, to }: Correction): void {
    let place = this.operations.get(operation) as unknown as Schema | undefined;
    for (const key of at.slice(0, -1)) place = place?.[key] as Schema | undefined;
    const last = at.at(-1) as string;
    if (place === undefined || JSON.stringify(place[last]) === JSON.stringify(to)) {
      throw new Error(`The correction of ${operation} at ${at.join('.')} corrects nothing.`);
    }
    place[last] = to;
  }
}

function matches(name: string, method: string, path: string): boolean {
  const [declared, pattern = ''] = name.split(' ');
  const expression = pattern.replace(/[.+()]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+');
  return declared === method.toLowerCase() && new RegExp(`^${expression}$`).test(path);
}

/** Of any JSON: Webex declares an update as JSON Patch alone, and its samples send a plain object. */
function schemaIn(content: Content): Schema | undefined {
  return Object.entries(content).find(([type]) => /json/.test(type))?.[1].schema;
}

/** Every object that names its fields has no others. */
function closed(schema: unknown): Schema {
  if (Array.isArray(schema)) return schema.map(closed) as unknown as Schema;
  if (typeof schema !== 'object' || schema === null) return schema as unknown as Schema;
  const { properties, additionalProperties, ...rest } = schema as Schema;
  const out: Schema = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, closed(value)]));
  if (properties === undefined) return additionalProperties === undefined ? out : { ...out, additionalProperties };
  const fields = Object.entries(properties as Schema).map(([name, value]) => [name, closed(value)]);
  const open = ['allOf', 'oneOf', 'anyOf'].some((keyword) => keyword in rest);
  return {
    ...out,
    properties: Object.fromEntries(fields),
    ...(!open && { additionalProperties: additionalProperties ?? false }),
  };
}

/** The document with every `$ref` replaced by what it refers to. */
function inlined(document: Schema): Document {
  const resolveRefs = (value: unknown, inside: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((one) => resolveRefs(one, inside));
    if (typeof value !== 'object' || value === null) return value;
    const { $ref } = value as { $ref?: unknown };
    if (typeof $ref === 'string') {
      if (inside.includes($ref)) return {};
      const keys = $ref.replace(/^#\//, '').split('/');
      const target = keys.reduce<unknown>((at, key) => (at as Schema | undefined)?.[key], document);
      return resolveRefs(target ?? {}, [...inside, $ref]);
    }
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolveRefs(one, inside)]));
  };
  return { paths: resolveRefs(document.paths, []) } as Document;
}
