import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { SessionError } from '../domain/error';
import { readAdminScopes } from '../options/admin-scopes';
import { type ApiSecret, readSecretId } from '../options/api-secrets';
import { readInstant } from '../options/instant';
import { apiSecretHash, mintApiSecret } from '../tokens/api-secret';

/** The least that is of any use. */
const usualScopes = ['users:read'];

const options = {
  id: { type: 'string' },
  scopes: { type: 'string', multiple: true },
  expires: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/**
 * `sessionkeeper secret`: makes an API secret, and the entry that is configured in its place.
 *
 * @throws SessionError `options_invalid` for a scope that there is not, or a wrong id or date; TypeError for an unknown option
 */
export function secretCommand(args: readonly string[], now: number): string {
  const { values } = parseArgs({ args: [...args], options, strict: true });
  const secret = mintApiSecret();
  const entry: ApiSecret = {
    id: readSecretId(values.id ?? `secret-${randomBytes(3).toString('hex')}`, '--id'),
    hash: apiSecretHash(secret)!,
    scopes: readAdminScopes(
      (values.scopes ?? usualScopes).flatMap((list) => list.split(',').map((scope) => scope.trim())),
      '--scopes',
    ),
    ...(values.expires !== undefined && { expiresAt: readExpiry(values.expires, now) }),
  };
  return values.json ? `${JSON.stringify({ secret, entry })}\n` : told(secret, entry);
}

function readExpiry(text: string, now: number): string {
  if (readInstant(text, '--expires') > now) return text;
  throw new SessionError('options_invalid', { detail: `--expires: ${text} has passed` });
}

function told(secret: string, entry: ApiSecret): string {
  return `The secret, for whoever calls the API. It is shown this once, and nobody can get it back:

  ${secret}

The entry for the \`secrets\` of adminRouter. There is nothing secret in it:

  ${JSON.stringify(entry, null, 2).replaceAll('\n', '\n  ')}
`;
}
