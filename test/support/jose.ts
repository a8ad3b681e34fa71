/** What a verifier that is not ours makes of a JWT. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** A shared secret, or a public key in PEM. */
export type VerifyingKey = { secret: string } | { spki: string; alg: 'RS256' };

/** As `jose` has them; `currentDate` as RFC 3339. */
export interface VerifyOptions {
  algorithms: string[];
  issuer?: string;
  audience?: string;
  subject?: string;
  requiredClaims?: string[];
  currentDate?: string;
}

export interface Verified {
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  /** `jose`'s code, such as ERR_JWS_SIGNATURE_VERIFICATION_FAILED. */
  refused?: string;
}

export function verified(token: string, key: VerifyingKey, options: VerifyOptions): Verified {
  const program = join(__dirname, 'verify-jwt.mjs');
  const input = JSON.stringify({ token, key, options });
  const { stdout, stderr, status } = spawnSync(process.execPath, [program], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The verifier ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as Verified;
}
