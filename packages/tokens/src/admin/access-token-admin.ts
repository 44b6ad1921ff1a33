import { getUserModel } from '@nuages/auth'
import type { HttpRequest } from '@nuages/http'
import { Q, type QuerySet } from '@nuages/orm'
import type { AccessToken } from '../access-token.ts'
import {
  createdDay,
  expiresColumn,
  expiresDay,
  lastUsedColumn,
  lastUsedDay,
  scopesColumn,
  scopesOf,
  stateColumn,
  tokenStates,
} from './access-token-columns.ts'
import { AccessTokenForm } from './access-token-form.ts'

type Tokens = QuerySet<typeof AccessToken>

const stateFilter = {
  title: 'State',
  parameterName: 'state',
  lookups: () => Object.entries(tokenStates),
  queryset(tokens: Tokens, state: string): Tokens | undefined {
    const now = Temporal.Now.instant()
    if (state === 'revoked') return tokens.filter({ revoked__isnull: false })
    if (state === 'expired') return tokens.filter({ revoked: null, expires__lte: now })
    if (state !== 'active') return undefined
    return tokens.filter({ revoked: null }).filter(Q({ expires: null }).or(Q({ expires__gt: now })))
  },
} as const

const revoke = {
  label: 'Revoke selected tokens',
  permissions: ['change'],
  confirm: { message: 'What uses these tokens is refused from now on. That cannot be taken back.', label: 'Revoke' },
  danger: true,
  async run(_request: HttpRequest, tokens: Tokens): Promise<string> {
    const revoked = Temporal.Now.instant().round('microsecond')
    const count = await tokens.filter({ revoked: null }).update({ revoked })
    if (count === 0) return 'Nothing to do: they were revoked before.'
    return count === 1 ? 'One token was revoked.' : `${count} tokens were revoked.`
  },
} as const

/**
 * How the admin shows access tokens. The token itself is nowhere to be shown, so that none is added here either: it would have
 * to go through the hands of somebody who is not its user.
 */
export const accessTokenAdmin = {
  listDisplay: ['name', 'user', stateColumn, scopesColumn, lastUsedDay, expiresDay, createdDay],
  listFilter: [stateFilter, { path: 'user', as: 'links' }, 'created'],
  getSearchFields: () => ['name', `user__${getUserModel().usernameField}`] as never,
  actions: { revoke },
  linkedFrom: { user: 'Access tokens' },
  form: AccessTokenForm,
  getFieldsets: (_request: HttpRequest, token: AccessToken | null) => [
    {
      fields: [
        'name',
        'user',
        isNarrowable(token) ? 'scopes' : scopesColumn,
        isOver(token) ? expiresColumn : 'expires',
      ] as const,
    },
    { name: 'Use', fields: [stateColumn, 'created', lastUsedColumn, 'revoked'] as const },
  ],
  readonlyFields: ['user'],
  hasAddPermission: () => false,
} as const

function isOver(token: AccessToken | null): boolean {
  return token?.ended !== undefined
}

/** A list of checkboxes without any says nothing. */
function isNarrowable(token: AccessToken | null): boolean {
  return token !== null && !isOver(token) && scopesOf(token.scopes).length > 0
}
