/**
 * Checks answers against Google's own discovery document of Calendar v3.
 *
 * The document is no part of this project: it is read from `../shared/specs` beside the checkout, and a test that needs
 * it is skipped, saying so, where that is absent. A field the document does not know is an error.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const FILE = resolve(__dirname, '../../../shared/specs/google-calendar-v3.discovery.json');

interface Method {
  id: string;
  response?: { $ref: string };
  parameters?: Record<string, object>;
}

interface Document {
  schemas: Record<string, Json>;
  resources: Record<string, { methods: Record<string, Method> }>;
}

type Json = { [name: string]: unknown };

let loaded: { document: Document; ajv: Ajv } | undefined;

export const discoveryFound = existsSync(FILE);

/** `describe` where the document is there, else `describe.skip` with the reason printed. */
export function describeWithDiscovery(name: string, body: () => void): void {
  if (discoveryFound) describe(name, body);
  else {
    console.warn(`Skipped "${name}": the discovery document is not at ../shared/specs.`);
    describe.skip(name, body);
  }
}

/**
 * The check of a method's answers: wrong places of a body, each as `path message`; none when it is right.
 * @param methodId e.g. `events.list`. Throws for a method the document does not know.
 */
export function validatorFor(methodId: string): (body: unknown) => string[] {
  const { document, ajv } = load();
  const method = methodOf(document, methodId);
  if (method.response === undefined) {
    return (body) => (body === undefined || body === '' ? [] : ['/ must be empty']);
  }
  const validate = ajv.getSchema(`#${method.response.$ref}`) ?? ajv.compile({ $ref: `#${method.response.$ref}` });
  return (body) => {
    if (validate(body)) return [];
    return (validate.errors ?? []).map((error) => {
      const name = (error.params as { additionalProperty?: string }).additionalProperty;
      return `${error.instancePath || '/'} ${error.message}${name === undefined ? '' : ` (${name})`}`;
    });
  };
}

/** Names of the parameters a method declares, and every method's id. */
export function declaredParameters(methodId: string): string[] {
  return Object.keys(methodOf(load().document, methodId).parameters ?? {});
}

export function declaredMethods(): string[] {
  const { resources } = load().document;
  return Object.entries(resources).flatMap(([name, { methods }]) => Object.keys(methods).map((id) => `${name}.${id}`));
}

/** Names of the fields of a schema. */
export function declaredFields(schema: string): string[] {
  return Object.keys((load().document.schemas[schema] as { properties: Json }).properties);
}

function methodOf(document: Document, methodId: string): Method {
  const [resource = '', name = ''] = methodId.replace(/^calendar\./, '').split('.');
  const method = document.resources[resource]?.methods[name];
  if (method === undefined) throw new RangeError(`The discovery document has no method "${methodId}".`);
  return method;
}

function load(): { document: Document; ajv: Ajv } {
  if (loaded) return loaded;
  const document = JSON.parse(readFileSync(FILE, 'utf8')) as Document;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  for (const [name, schema] of Object.entries(document.schemas)) ajv.addSchema(toJsonSchema(schema), `#${name}`);
  loaded = { document, ajv };
  return loaded;
}

/** Discovery's schema dialect (JSON schema draft 3 with `$ref` by name) as JSON schema, closed to unknown fields. */
function toJsonSchema(schema: Json): Json {
  const { $ref, type, properties, items, additionalProperties, format } = schema as {
    $ref?: string;
    type?: string;
    properties?: Record<string, Json>;
    items?: Json;
    additionalProperties?: Json;
    format?: string;
  };
  if ($ref !== undefined) return { $ref: `#${$ref}` };
  const converted: Json = {};
  if (type !== undefined && type !== 'any') converted.type = type;
  if (format === 'date' || format === 'date-time') converted.format = format;
  if (items) converted.items = toJsonSchema(items);
  if (properties) {
    converted.properties = Object.fromEntries(
      Object.entries(properties).map(([name, one]) => [name, toJsonSchema(one)]),
    );
  }
  if (type === 'object')
    converted.additionalProperties = additionalProperties ? toJsonSchema(additionalProperties) : false;
  return converted;
}
