/**
 * Verifies a JWT with `jose`, in a process of its own: jest's modules cannot import it. Reads {token, key, options} on
 * stdin, writes {header, claims} or {refused} on stdout.
 */
import { importSPKI, jwtVerify } from 'jose';

let text = '';
for await (const chunk of process.stdin) text += chunk;

const { token, key, options } = JSON.parse(text);
const { currentDate, ...rest } = options;
const secret = key.secret !== undefined ? new TextEncoder().encode(key.secret) : await importSPKI(key.spki, key.alg);
const at = currentDate === undefined ? {} : { currentDate: new Date(currentDate) };
const answer = await jwtVerify(token, secret, { ...rest, ...at }).then(
  ({ protectedHeader, payload }) => ({ header: protectedHeader, claims: payload }),
  (problem) => ({ refused: problem.code ?? String(problem) }),
);
console.log(JSON.stringify(answer));
