import type { DeploymentRule } from './deployment-rule.ts'

const plainOrigin = (origins: readonly string[]): string | undefined =>
  origins.find((origin) => origin.toLowerCase().startsWith('http://'))

/** HTTPS, and whom the site believes about it. */
export const transportRules: readonly DeploymentRule[] = [
  {
    id: 'security.W008',
    hint: 'Set it to true, unless a proxy in front redirects already.',
    find: ({ secureSslRedirect }) =>
      !secureSslRedirect && 'secureSslRedirect is off: the site answers over plain HTTP.',
  },
  {
    id: 'security.W004',
    hint: 'Start with 3600, and raise it once everything is reachable over HTTPS.',
    find: ({ secureHstsSeconds }) =>
      secureHstsSeconds === 0 && 'secureHstsSeconds is 0: browsers do not remember to use HTTPS.',
  },
  {
    id: 'security.W005',
    hint: 'Set it to true once all subdomains are reachable over HTTPS.',
    find: ({ secureHstsSeconds, secureHstsIncludeSubdomains }) =>
      secureHstsSeconds > 0 &&
      !secureHstsIncludeSubdomains &&
      'secureHstsIncludeSubdomains is off: who is between a visitor and a subdomain can set cookies for this site.',
  },
  {
    id: 'security.N020',
    hint: "Name the proxy itself: its address, 'loopback', 'unix', or the smallest network that it is in.",
    find: ({ trustedProxies }) => {
      const broad = trustedProxies.find(isBroad)
      return (
        broad !== undefined && `trustedProxies holds '${broad}': nearly anybody may say where a request comes from.`
      )
    },
  },
  {
    id: 'security.N021',
    hint: 'Name the proxy in trustedProxies and leave this setting out: its X-Forwarded-Proto and X-Forwarded-Host are believed then, and nobody else’s.',
    find: ({ trustedProxies, useXForwardedHost, secureProxySslHeader }) => {
      if (trustedProxies.length > 0) return undefined
      const [name, effect] = useXForwardedHost ? ['useXForwardedHost', 'on'] : ['secureProxySslHeader', 'set']
      return (
        (useXForwardedHost || secureProxySslHeader !== undefined) &&
        `${name} is ${effect} and trustedProxies is empty: whoever reaches this server past the proxy is believed too.`
      )
    },
  },
  {
    id: 'security.N022',
    hint: 'Name the origin with https://.',
    find: ({ csrfTrustedOrigins, cors }) => {
      const plain = plainOrigin(csrfTrustedOrigins) ?? plainOrigin(cors?.origins ?? [])
      const where = plainOrigin(csrfTrustedOrigins) === undefined ? 'cors.origins' : 'csrfTrustedOrigins'
      return plain !== undefined && `${where} holds '${plain}': who is between it and its visitors can write its pages.`
    },
  },
]

/** Whether so many addresses are in a network that it cannot be that of one's own proxies. */
function isBroad(entry: string): boolean {
  const [address = '', length] = entry.split('/')
  return length !== undefined && Number(length) < (address.includes(':') ? 16 : 8)
}
