/**
 * Parameters as the discovery document declares them: coerced from strings, checked, and refused as Google refuses.
 *
 * Undefined and null mean absent, as Apps Script sends them. Unknown names are passed over.
 */
import { refuse } from './refusal';

export interface Parameter {
  type: 'string' | 'boolean' | 'integer' | 'time';
  required?: boolean;
  repeated?: boolean;
  min?: number;
  values?: readonly string[];
}

export type Parameters = Record<string, Parameter>;
export type Given = Record<string, unknown>;

/** The declared parameters among `given`; times stay text. Throws a refusal for the first wrong one. */
export function readParameters(declared: Parameters, given: Given): Given {
  const read: Given = {};
  for (const name in declared) {
    const parameter = declared[name]!;
    const value = given[name];
    if (value === undefined || value === null || value === '') {
      if (parameter.required) throw refuse.required(`Required parameter: ${name}`, name);
    } else if (parameter.repeated) {
      read[name] = (Array.isArray(value) ? value : [value]).map((one) => readOne(name, parameter, one));
    } else read[name] = readOne(name, parameter, Array.isArray(value) ? value.at(-1) : value);
  }
  return read;
}

function readOne(name: string, parameter: Parameter, value: unknown): unknown {
  switch (parameter.type) {
    case 'boolean':
      if (value === true || value === 'true') return true;
      if (value === false || value === 'false') return false;
      throw invalid(name, 'Boolean', value);
    case 'integer': {
      const number = typeof value === 'number' ? value : /^-?\d+$/.test(String(value)) ? Number(value) : Number.NaN;
      if (!Number.isInteger(number)) throw invalid(name, 'Integer', value);
      if (parameter.min !== undefined && number < parameter.min) {
        throw refuse.invalidParameter(
          `Invalid value '${number}'. Values must be within the range: [${parameter.min}, 2147483647]`,
          name,
        );
      }
      return number;
    }
    default:
      if (typeof value === 'object') throw invalid(name, 'String', JSON.stringify(value));
      if (parameter.values && !parameter.values.includes(String(value))) {
        throw refuse.invalidParameter(
          `Invalid string value: '${String(value)}'. Allowed values: [${parameter.values.join(', ')}]`,
          name,
        );
      }
      return String(value);
  }
}

function invalid(name: string, type: string, value: unknown) {
  return refuse.invalidParameter(`Invalid ${type.toLowerCase()} value: '${String(value)}'.`, name);
}
