/** Answers that stand in for those of an API: login pages, redirects, outages. */
import type { HttpAnswer } from '../../src/ports/http';

export const answer = (status: number, text: string, headers: Record<string, string> = {}): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  text,
});

const page = '<!doctype html><title>Sign in</title>';

export const STAND_INS: Array<[name: string, answer: HttpAnswer]> = [
  ['a login page', answer(200, page, { 'content-type': 'text/html; charset=utf-8' })],
  ['a login page that says it is JSON', answer(200, page)],
  ['XML', answer(200, '<ok/>', { 'content-type': 'application/xml' })],
  ['half an object', answer(200, '{"id":')],
  ['a redirect', answer(302, '', { location: 'https://login.example.com/' })],
  ['an outage', answer(503, page, { 'content-type': 'text/html' })],
];
