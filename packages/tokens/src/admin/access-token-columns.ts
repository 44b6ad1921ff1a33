import { currentTimeZone } from '@nuages/i18n'
import type { AccessToken } from '../access-token.ts'
import { everyScope } from '../scopes.ts'

/** What a token can be, and what it is called. */
export const tokenStates = { active: 'Active', expired: 'Expired', revoked: 'Revoked' } as const

export const stateColumn = {
  label: 'State',
  value: ({ ended }: AccessToken) => tokenStates[ended ?? 'active'],
} as const

export const scopesColumn = {
  label: 'Scopes',
  value: ({ scopes }: AccessToken) => scopesOf(scopes).map(scopeLabel).join(', ') || 'None',
} as const

export const expiresColumn = momentColumn('Expires', 'expires', 'Never')
export const lastUsedColumn = momentColumn('Last used', 'lastUsed', 'Never')

/** The day alone, which is enough in the list and leaves room for what matters. */
export const createdDay = dayColumn('Created', 'created', '')
export const expiresDay = dayColumn('Expires', 'expires', 'Never')
export const lastUsedDay = dayColumn('Last used', 'lastUsed', 'Never')

/** The scopes of a token; none where somebody has written something else into the column. */
export function scopesOf(scopes: unknown): readonly string[] {
  return Array.isArray(scopes) ? scopes.map(String) : []
}

/** A scope as people read it. */
export function scopeLabel(scope: string): string {
  return scope === everyScope ? 'Everything (*)' : scope
}

type MomentName = 'created' | 'expires' | 'lastUsed'

/** `otherwise` is a text like any other: on a narrow screen what is empty is left out. */
function momentColumn<const Name extends MomentName>(label: string, ordering: Name, otherwise: string) {
  return { label, ordering, value: (token: AccessToken) => token[ordering] ?? otherwise }
}

function dayColumn<const Name extends MomentName>(label: string, ordering: Name, otherwise: string) {
  const zoned = (token: AccessToken) => token[ordering]?.toZonedDateTimeISO(currentTimeZone())
  return { label, ordering, value: (token: AccessToken) => zoned(token)?.toPlainDate() ?? otherwise }
}
