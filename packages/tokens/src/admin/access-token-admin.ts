import { getUserModel } from '@nuages/auth'
import type { HttpRequest } from '@nuages/http'
import { Q, type QuerySet } from '@nuages/orm'
import type { AccessToken } from '../access-token.ts'
import { everyScope } from '../scopes.ts'
import { AccessTokenForm, scopesOf } from './access-token-form.ts'

type Tokens = QuerySet<typeof AccessToken>

const states = { active: 'Active', expired: 'Expired', revoked: 'Revoked' } as const

const scopesColumn = {
  label: 'Scopes',
  value: ({ scopes }: AccessToken) =>
    scopesOf(scopes).includes(everyScope) ? 'Everything' : scopesOf(scopes).join(', '),
  emptyValue: 'None',
} as const
const expiresColumn = {
  label: 'Expires',
  value: ({ expires }: AccessToken) => expires,
  ordering: 'expires',
  emptyValue: 'Never',
} as const
const lastUsedColumn = {
  label: 'Last used',
  value: ({ lastUsed }: AccessToken) => lastUsed,
  ordering: 'lastUsed',
  emptyValue: 'Never',
} as const
const stateColumn = { label: 'State', value: ({ ended }: AccessToken) => states[ended ?? 'active'] } as const

const stateFilter = {
  title: 'State',
  parameterName: 'state',
  lookups: () => Object.entries(states),
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
    return count === 1 ? 'One token was revoked.' : `${count} tokens were revoked.`
  },
} as const

/**
 * How the admin shows access tokens. The token itself is nowhere to be shown, so that none is added here either: it would have
 * to go through the hands of somebody who is not its user.
 */
export const accessTokenAdmin = {
  listDisplay: ['name', 'user', scopesColumn, 'created', expiresColumn, lastUsedColumn, stateColumn],
  listFilter: [stateFilter, { path: 'user', as: 'links' }, 'created'],
  getSearchFields: () => ['name', `user__${getUserModel().usernameField}`] as never,
  actions: { revoke },
  linkedFrom: { user: 'Access tokens' },
  form: AccessTokenForm,
  getFieldsets: (_request: HttpRequest, token: AccessToken | null) =>
    [
      // A list of checkboxes without any says nothing.
      {
        fields: [
          'name',
          'user',
          isNarrowable(token) ? 'scopes' : scopesColumn,
          isOver(token) ? expiresColumn : 'expires',
        ],
      },
      { name: 'Use', fields: [stateColumn, 'created', lastUsedColumn, 'revoked'] },
    ] as const,
  readonlyFields: ['user'],
  hasAddPermission: () => false,
} as const

function isOver(token: AccessToken | null): boolean {
  return token?.ended !== undefined
}

function isNarrowable(token: AccessToken | null): boolean {
  return token !== null && !isOver(token) && scopesOf(token.scopes).length > 0
}
