/** Defects toward conference servers: repeating, waiting, believing an answer, what is sent where. */
import type { Defect } from './defect';

export const providerDefects: Defect[] = [
  {
    id: 'V1',
    what: 'how long the provider wants to be left alone is not heeded',
    edits: [
      {
        file: 'src/core/outcome.ts',
        find: ': Math.max(askedMs, backOffMs(attempts));',
        replace: ': backOffMs(attempts + 0 * askedMs);',
      },
      {
        file: 'src/core/pause.ts',
        find: 'untilMs: nowMs + Math.min(outcome.retryAfterMs ?? MINUTE_MS, LONGEST_LIMIT_MS),',
        replace: 'untilMs: nowMs + MINUTE_MS,',
      },
    ],
    caughtBy: 'a server that asks to wait ten minutes is asked nothing for ten minutes, and then everything arrives',
  },
  {
    id: 'V2',
    what: 'the back-off never grows',
    edits: [
      {
        file: 'src/core/outcome.ts',
        find: 'return Math.min(HOUR_MS, MINUTE_MS * 2 ** Math.max(0, attempts - 1));',
        replace: 'return Math.min(HOUR_MS, MINUTE_MS * Math.min(1, attempts));',
      },
    ],
    caughtBy: { test: 'test/core/outcome.test.ts' },
  },
  {
    id: 'V3',
    what: 'a provider that is down is asked for every conference',
    edits: [
      {
        file: 'src/sync/act.ts',
        find: 'already >= Math.min(allowed, quota.left(action))',
        replace: 'already >= Math.min(allowed + WAVE_WIDTH, quota.left(action))',
      },
    ],
    caughtBy: { test: 'test/sync/act.test.ts' },
  },
  {
    id: 'V4',
    what: 'redirects are followed',
    edits: [{ file: 'src/gas/http.ts', find: 'followRedirects: false', replace: 'followRedirects: true' }],
    caughtBy: 'what the server redirects to is not taken for its answer',
  },
  {
    id: 'V5',
    what: 'a page with status 200 is taken for success',
    edits: [
      {
        file: 'src/providers/rest.ts',
        find: "return outcome.kind === 'done' && isPage ? { kind: 'unavailable' } : outcome;",
        replace: "return outcome.kind === 'done' && isPage ? { kind: 'done' } : outcome;",
      },
    ],
    caughtBy: 'a login page with status 200 is no success: the edit is sent again',
  },
  {
    id: 'V6',
    what: 'any host is called',
    edits: [
      {
        file: 'src/gas/http.ts',
        find: 'if (access === undefined || !access.urlPrefixes.some((prefix) => isBelow(prefix, request.url))) {',
        replace: 'if (access === undefined) {',
      },
    ],
    caughtBy: { test: 'test/gas/http.test.ts' },
  },
  {
    id: 'V7',
    what: 'the secret stands in the URL',
    edits: [
      {
        file: 'src/gas/http.ts',
        find: '    url: request.url,\n    method',
        replace: "    url: [request.url, ...Object.values(authHeaders(access.auth))].join('&key='),\n    method",
      },
    ],
    caughtBy: { test: 'test/gas/http.test.ts' },
  },
  {
    id: 'V8',
    what: 'one request without an answer loses the whole batch',
    edits: [
      {
        file: 'src/gas/http.ts',
        find: '      // One of them got no answer; which one is not said.',
        replace: "      return requests.map(() => ({ fault: 'no answer' }));",
      },
    ],
    caughtBy: { test: 'test/gas/http.test.ts' },
  },
  {
    id: 'V9',
    what: 'an operation that throws stops the others',
    edits: [
      {
        file: 'src/sync/provider-client.ts',
        find: "  } catch (thrown) {\n    // A mapping that throws is one broken conference; it must not stop the others.\n    results[index] = { kind: 'refused', code: OWN_FAULT };\n    job.threw?.(thrown);\n  }",
        replace: "  } finally {\n    results[index] ??= { kind: 'refused', code: OWN_FAULT };\n  }",
      },
    ],
    caughtBy: { test: 'test/sync/provider-client.test.ts' },
  },
  {
    id: 'V10',
    what: 'the provider is told everything on every change',
    edits: [
      {
        file: 'src/providers/example-meet.ts',
        find: "return { ...(fields.includes('title') && { title }), ...(isRescheduled && schedule) };",
        replace: 'return { title, ...schedule, ...(!isRescheduled && { recurrence: [] }) };',
      },
    ],
    caughtBy: 'a new title of a series leaves its rule and its changed occurrences as they are',
  },
  {
    id: 'V11',
    what: 'a 404 answer to an update cancels the binding',
    edits: [
      {
        file: 'src/core/outcome.ts',
        find: "  } else if (outcome.kind === 'gone') {\n    recordGone(action, binding, ledger, context);",
        replace: "  } else if (outcome.kind === 'gone') {\n    dropConference(binding, ledger);",
      },
    ],
    caughtBy: 'a conference that the provider lost is not called lost at the first answer',
  },
  {
    id: 'V12',
    what: 'an hour that comes twice is told by its local time alone',
    edits: [
      {
        file: 'src/core/zone.ts',
        find: 'return isTold ? local : local + offsetText(wallMs - ms);',
        replace: 'return isTold ? local : local + offsetText(wallMs - ms).slice(6);',
      },
    ],
    caughtBy: 'an event in the hour that comes twice is at the one that was meant, the first or the second',
  },
  {
    id: 'V13',
    what: 'when a day runs short, titles go out before times',
    edits: [
      {
        file: 'src/core/quota.ts',
        find: 'rank === 1 ? TIMES_SHARE : DETAILS_SHARE',
        replace: 'rank === 1 ? DETAILS_SHARE : TIMES_SHARE',
      },
    ],
    caughtBy: { test: 'test/sync/quota.test.ts' },
  },
  {
    id: 'V14',
    what: 'a daily limit on updates keeps conferences from being ended',
    edits: [
      {
        file: 'src/sync/act.ts',
        find: "if (outcome.kind === 'limited' && outcome.daily)",
        replace: "if (outcome.kind === 'limited' && outcome.daily && outcome.retryAfterMs === -1)",
      },
    ],
    caughtBy: { test: 'test/sync/quota.test.ts' },
  },
  {
    id: 'V15',
    what: 'one conference that always fails pauses its provider for all',
    edits: [
      {
        file: 'src/core/pause.ts',
        find: 'pause.about !== undefined && pause.about !== about ? 1 : 0',
        replace: 'pause.about === undefined && pause.about !== about ? 0 : 0',
      },
    ],
    caughtBy: { test: 'test/sync/quota.test.ts' },
  },
  {
    id: 'V16',
    what: 'a conference at which the server hangs is the first to be tried again',
    edits: [
      {
        file: 'src/sync/act.ts',
        find: 'if (probes.length === 0) return () => undefined;',
        replace: 'if (probes.length >= 0) return () => undefined;',
      },
    ],
    caughtBy: { test: 'test/sync/quota.test.ts' },
  },
  {
    id: 'V17',
    what: 'a provider is believed whoever asks, also of what another account made',
    edits: [
      {
        file: 'src/sync/accounts.ts',
        find: 'return compareAccounts(binding.account, accountInForce(binding.solution, state, deps), mark);',
        replace: "return mark === undefined ? 'another' : 'same';",
      },
    ],
    caughtBy: { test: 'test/sync/accounts.test.ts' },
  },
];
