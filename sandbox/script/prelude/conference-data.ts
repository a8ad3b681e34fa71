/**
 * ConferenceDataService: builders that refuse at once what Calendar would refuse.
 * Source of every limit: developers.google.com/apps-script/reference/conference-data
 *
 * Does not know the wording of Google's refusals.
 */
import { asJson, listIn, remember, type Shape, shapeOf } from './built';
import { enumeration, nameIn } from './enums';
import { call, exception } from './host';
import { simulated } from './net';

type Service = GoogleAppsScript.Conference_Data.ConferenceDataService;
type Builder = GoogleAppsScript.Conference_Data.ConferenceDataBuilder;
type Data = GoogleAppsScript.Conference_Data.ConferenceData;
type EntryPoint = GoogleAppsScript.Conference_Data.EntryPoint;
type Parameter = GoogleAppsScript.Conference_Data.ConferenceParameter;
type ConferenceError = GoogleAppsScript.Conference_Data.ConferenceError;

const MAX_ID_CHARS = 512;
const MAX_SOLUTION_ID_CHARS = 512;
const MAX_NOTES_CHARS = 2048;
const MAX_ENTRY_POINTS = 300;
const MAX_PARAMETERS = 300;
const MAX_URI_CHARS = 1300;
const MAX_CODE_CHARS = 128;
const MAX_PARAMETER_KEY_CHARS = 50;
const MAX_PARAMETER_VALUE_CHARS = 1024;
const MAX_AUTHENTICATION_URL_CHARS = 1800;
/** Calendar takes at most one of these each; phone numbers may be many. */
const AT_MOST_ONE_OF = ['video', 'sip', 'more'];
const URI_SCHEMES: Record<string, RegExp> = {
  video: /^https?:\/\/\S/i,
  more: /^https?:\/\/\S/i,
  phone: /^tel:\S/i,
  sip: /^sips?:\S/i,
};

/** Agreed with session.ts of the host. */
interface Bridge {
  takesLists: boolean;
  needsConferenceId: boolean;
}

/** As Google's bridge hands a value over to where text is due. Undefined for what it does not take for text. */
function handedOver(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const isPlain = typeof value === 'number' || typeof value === 'boolean';
  return isPlain || (Array.isArray(value) && call<Bridge>('project.bridge').takesLists) ? String(value) : undefined;
}

function text(value: unknown, argument: string, maxChars: number): string {
  const given = handedOver(value) ?? '';
  if (given === '') throw exception(`Invalid argument: ${argument}`);
  if (given.length > maxChars) throw exception(`Argument too large: ${argument}`);
  return given;
}

function checkEntryPoint(shape: Shape): void {
  const type = shape.entryPointType as string | undefined;
  if (type === undefined) throw exception('Entry point type must be set.');
  if (typeof shape.uri !== 'string') throw exception('Entry point URI must be set.');
  if (!URI_SCHEMES[type]!.test(shape.uri)) throw exception(`Invalid argument: uri (entry point type ${type})`);
  if (type !== 'phone' && (shape.entryPointFeatures !== undefined || shape.regionCode !== undefined)) {
    throw exception('Features and region code are only for entry points of type PHONE.');
  }
}

function newEntryPoint(service: Service): EntryPoint {
  const shape: Shape = {};
  const set = (field: string, maxChars: number) => (value: string) => {
    shape[field] = text(value, field, maxChars);
    return self;
  };
  const self: EntryPoint = simulated<EntryPoint>('EntryPoint', {
    setEntryPointType(type) {
      shape.entryPointType = nameIn(service.EntryPointType, type, 'entryPointType').toLowerCase();
      return self;
    },
    setUri(uri) {
      const given = text(uri, 'uri', MAX_URI_CHARS);
      if (!/^(https?:\/\/|tel:|sips?:)\S/i.test(given)) throw exception('Invalid argument: uri');
      shape.uri = given;
      return self;
    },
    addFeature(feature) {
      const name = nameIn(service.EntryPointFeature, feature, 'feature').toLowerCase();
      const features = listIn(shape, 'entryPointFeatures');
      if (features.some((had) => had !== name)) throw exception('TOLL and TOLL_FREE exclude each other.');
      if (!features.includes(name)) features.push(name);
      return self;
    },
    setRegionCode: set('regionCode', MAX_CODE_CHARS),
    setMeetingCode: set('meetingCode', MAX_CODE_CHARS),
    setAccessCode: set('accessCode', MAX_CODE_CHARS),
    setPasscode: set('passcode', MAX_CODE_CHARS),
    setPassword: set('password', MAX_CODE_CHARS),
    setPin: set('pin', MAX_CODE_CHARS),
  });
  return remember(self, shape);
}

function newParameter(): Parameter {
  const shape: Shape = {};
  const self: Parameter = simulated<Parameter>('ConferenceParameter', {
    setKey(key) {
      shape.key = text(key, 'key', MAX_PARAMETER_KEY_CHARS);
      return self;
    },
    setValue(value) {
      shape.value = text(value, 'value', MAX_PARAMETER_VALUE_CHARS);
      return self;
    },
  });
  return remember(self, shape);
}

function newError(service: Service): ConferenceError {
  const shape: Shape = {};
  const self: ConferenceError = simulated<ConferenceError>('ConferenceError', {
    setConferenceErrorType(type) {
      shape.conferenceErrorType = nameIn(service.ConferenceErrorType, type, 'conferenceErrorType');
      return self;
    },
    setAuthenticationUrl(url) {
      const given = text(url, 'authenticationUrl', MAX_AUTHENTICATION_URL_CHARS);
      if (!/^https?:\/\/\S/i.test(given)) throw exception('Invalid argument: authenticationUrl');
      shape.authenticationUrl = given;
      return self;
    },
  });
  return remember(self, shape);
}

/** What build() demands of the whole. */
function checkWhole(shape: Shape, entryPoints: Shape[]): void {
  const error = shape.error as Shape | undefined;
  if (error !== undefined) {
    if (error.conferenceErrorType === undefined) throw exception('Conference error type must be set.');
    if (error.conferenceErrorType === 'AUTHENTICATION' && error.authenticationUrl === undefined) {
      throw exception('An AUTHENTICATION error needs an authentication URL.');
    }
    return;
  }
  if (shape.conferenceId === undefined && call<Bridge>('project.bridge').needsConferenceId) {
    throw exception('Conference ID must be set.');
  }
  if (entryPoints.length === 0) throw exception('At least one entry point must be set.');
  for (const type of AT_MOST_ONE_OF) {
    if (entryPoints.filter((entry) => entry.entryPointType === type).length > 1) {
      throw exception(`At most one entry point of type ${type.toUpperCase()} is allowed.`);
    }
  }
  if (entryPoints.every((entry) => entry.entryPointType === 'more')) {
    throw exception('An entry point of type MORE cannot stand alone.');
  }
}

function newBuilder(): Builder {
  const shape: Shape = {};
  const entryPoints: Shape[] = [];
  const parameters: Record<string, string> = {};
  const self: Builder = simulated<Builder>('ConferenceDataBuilder', {
    setConferenceId(id) {
      shape.conferenceId = text(id, 'conferenceId', MAX_ID_CHARS);
      return self;
    },
    setConferenceSolutionId(id) {
      shape.conferenceSolutionId = text(id, 'conferenceSolutionId', MAX_SOLUTION_ID_CHARS);
      return self;
    },
    setNotes(notes) {
      const given = handedOver(notes);
      if (given === undefined) throw exception('Invalid argument: notes');
      if (given.length > MAX_NOTES_CHARS) throw exception('Argument too large: notes');
      shape.notes = given;
      return self;
    },
    addEntryPoint(entryPoint) {
      const given = shapeOf(entryPoint) as Shape | undefined;
      if (given === undefined) throw exception('Invalid argument: entryPoint');
      checkEntryPoint(given);
      if (entryPoints.length >= MAX_ENTRY_POINTS) throw exception('Too many entry points.');
      entryPoints.push({ ...given });
      return self;
    },
    addConferenceParameter(parameter) {
      const given = shapeOf(parameter) as { key?: string; value?: string } | undefined;
      if (given?.key === undefined || given.value === undefined)
        throw exception('Invalid argument: conferenceParameter');
      if (Object.keys(parameters).length >= MAX_PARAMETERS) throw exception('Too many conference parameters.');
      parameters[given.key] = given.value;
      return self;
    },
    setError(error) {
      const given = shapeOf(error) as Shape | undefined;
      if (given === undefined) throw exception('Invalid argument: conferenceError');
      shape.error = { ...given };
      return self;
    },
    build() {
      checkWhole(shape, entryPoints);
      return data(shape, entryPoints, parameters);
    },
  });
  return self;
}

function data(shape: Shape, entryPoints: Shape[], parameters: Record<string, string>): Data {
  const whole: Shape = shape.error === undefined ? { ...shape, entryPoints: [...entryPoints] } : { error: shape.error };
  if (shape.error === undefined && Object.keys(parameters).length > 0) {
    whole.parameters = { addOnParameters: { parameters: { ...parameters } } };
  }
  return remember(simulated<Data>('ConferenceData', { printJson: () => asJson(whole) }), whole);
}

export function conferenceDataService(): Service {
  const service: Service = simulated<Service>('ConferenceDataService', {
    EntryPointType: enumeration<Service['EntryPointType']>('EntryPointType', ['VIDEO', 'PHONE', 'MORE', 'SIP']),
    EntryPointFeature: enumeration<Service['EntryPointFeature']>('EntryPointFeature', [
      'UNKNOWN_FEATURE',
      'TOLL',
      'TOLL_FREE',
    ]),
    ConferenceErrorType: enumeration<Service['ConferenceErrorType']>('ConferenceErrorType', [
      'AUTHENTICATION',
      'CONFERENCE_SOLUTION_FORBIDDEN',
      'PERMANENT',
      'PERMISSION_DENIED',
      'TEMPORARY',
      'UNKNOWN',
    ]),
    newConferenceDataBuilder: newBuilder,
    newConferenceError: () => newError(service),
    newConferenceParameter: newParameter,
    newEntryPoint: () => newEntryPoint(service),
  });
  return service;
}
