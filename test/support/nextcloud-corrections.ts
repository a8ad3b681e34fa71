/** Where Nextcloud's description of Talk says less than its servers answer. */
import type { Correction } from './spec-corrections';

const ROOM = '/ocs/v2.php/apps/spreed/api/{apiVersion}/room';
const CREATE = `post ${ROOM}`;
const DELETE = `delete ${ROOM}/{token}`;
const READ = `get ${ROOM}/{token}`;
const CHANGES = ['', '/description', '/webinar/lobby'].map((rest) => `put ${ROOM}/{token}${rest}`);

const described = (operation: string, status: string, because: string): Correction => ({
  operation,
  at: ['responses', status],
  to: { description: because },
  because,
});

/** Stands for anything: in this version of OpenAPI `nullable` without a type says nothing. */
const anything = (operation: string, status: string): Correction => ({
  operation,
  at: ['responses', status, 'content', 'application/json', 'schema', 'properties', 'ocs', 'properties', 'data'],
  to: {},
  because: '`nullable` without a type means that anything may stand there, most of all null',
});

export const NEXTCLOUD_CORRECTIONS: readonly Correction[] = [
  ...[CREATE, ...CHANGES, DELETE].map((operation) =>
    described(operation, '401', 'the login stands before every operation, and is declared at none'),
  ),
  ...[CREATE, ...CHANGES, DELETE].map((operation) =>
    described(operation, '429', 'so does the guard against guessed passwords'),
  ),
  ...[...CHANGES, DELETE].map((operation) =>
    described(operation, '404', 'a conversation that is not there is declared for reading alone'),
  ),
  described(DELETE, '403', 'a conversation that an administrator preserves is not deleted'),
  anything(DELETE, '200'),
  anything(READ, '404'),
];
