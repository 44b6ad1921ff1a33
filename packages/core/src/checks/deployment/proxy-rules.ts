import type { DeploymentRule } from './deployment-rule.ts'

/** Whom the site believes about where a request comes from. */
export const proxyRules: readonly DeploymentRule[] = [
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
]

/** Whether so many addresses are in a network that it cannot be that of one's own proxies. */
function isBroad(entry: string): boolean {
  const [address = '', length] = entry.split('/')
  return length !== undefined && Number(length) < (address.includes(':') ? 16 : 8)
}
