import type { Settings } from '../../settings/settings.ts'
import { isBroadDomain } from './broad-domain.ts'
import type { DeploymentRule } from './deployment-rule.ts'

/** Other origins that may do more than strangers. */
export const originRules: readonly DeploymentRule[] = [
  {
    id: 'security.N022',
    hint: 'Name the origin with https://.',
    find: (settings) => {
      const found = firstOrigin(settings, (origin) => origin.toLowerCase().startsWith('http://'))
      return found && `${found}: who is between it and its visitors can write its pages.`
    },
  },
  {
    id: 'security.N026',
    hint: "Name the origins themselves, or a domain that is yours: 'https://*.example.com'.",
    find: (settings) => {
      const found = firstOrigin(settings, isBroad)
      return found && `${found}: anybody can have a site there.`
    },
  },
  {
    id: 'security.N042',
    hint: 'Name the origins whose pages may read.',
    find: ({ cors }) =>
      cors?.origins.includes('*') === true &&
      "cors.origins holds '*': pages of any site may read what this one answers to everybody.",
  },
]

/** The first origin that `test` is true of, and where it stands, in words. */
function firstOrigin(
  { csrfTrustedOrigins, cors }: Settings,
  test: (origin: string) => boolean,
): `${string} holds '${string}'` | undefined {
  const lists = { csrfTrustedOrigins, 'cors.origins': cors?.origins ?? [] }
  for (const [name, origins] of Object.entries(lists)) {
    const found = origins.find(test)
    if (found !== undefined) return `${name} holds '${found}'`
  }
  return undefined
}

function isBroad(origin: string): boolean {
  const domain = /^[^:]+:\/\/\*\.([^:]+)/.exec(origin)?.[1]
  return domain !== undefined && isBroadDomain(domain)
}
