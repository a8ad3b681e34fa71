/**
 * A certified OAuth server (npm oidc-provider) and an API that takes its tokens, on one port of 127.0.0.1, in a process
 * of its own. Prints the port. Not ours to be lenient: what it refuses, a vendor may refuse.
 *
 *   node oidc-server.mjs REDIRECT_URI
 */
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const ISSUER = 'https://id.example.com';
const [redirectUri] = process.argv.slice(2);

const person = {
  redirect_uris: [redirectUri],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
};

const provider = new Provider(ISSUER, {
  clients: [
    {
      ...person,
      client_id: 'confidential',
      client_secret: 'the-secret',
      token_endpoint_auth_method: 'client_secret_basic',
    },
    { ...person, client_id: 'by-form', client_secret: 'the-secret', token_endpoint_auth_method: 'client_secret_post' },
    { ...person, client_id: 'public', token_endpoint_auth_method: 'none' },
    {
      client_id: 'organisation',
      client_secret: 'the-secret',
      redirect_uris: [],
      response_types: [],
      grant_types: ['client_credentials'],
    },
  ],
  scopes: ['openid', 'offline_access', 'meetings:write'],
  features: { clientCredentials: { enabled: true }, revocation: { enabled: true }, devInteractions: { enabled: true } },
  pkce: { required: () => true },
  rotateRefreshToken: true,
  issueRefreshToken: async (_ctx, client, code) =>
    client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
  ttl: {
    AccessToken: 60,
    ClientCredentials: 60,
    AuthorizationCode: 60,
    RefreshToken: 3_600,
    Grant: 3_600,
    Session: 600,
    Interaction: 600,
  },
  cookies: { keys: ['only-for-this-test'] },
});
// It is reached as https, through the sandbox's internet.
provider.proxy = true;
const authorise = provider.callback();

let made = 0;
const titles = new Map();

async function api(request, response) {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const good = (await provider.AccessToken.find(token)) ?? (await provider.ClientCredentials.find(token));
  if (good === undefined || good.isExpired) return answer(response, 401, { error: { code: 'unauthorized' } });
  const text = await bodyOf(request);
  const id = request.url.split('/')[3] ?? `room-${++made}`;
  if (request.method === 'DELETE') {
    titles.delete(id);
    return response.writeHead(204).end();
  }
  if (text !== '') titles.set(id, JSON.parse(text).title ?? titles.get(id));
  return answer(response, request.method === 'POST' ? 201 : 200, { id, joinUrl: `https://meet.example.com/j/${id}` });
}

/** As if the server had lost it: only this token, not the grant. */
async function forget(request, response) {
  const token = await provider.AccessToken.find(await bodyOf(request));
  await token.destroy();
  response.writeHead(204).end();
}

async function bodyOf(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

function answer(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const server = createServer((request, response) => {
  if (request.url === '/titles') return answer(response, 200, [...titles.values()]);
  if (request.url === '/forget') return forget(request, response);
  return request.headers.host === 'meet.example.com' ? api(request, response) : authorise(request, response);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
