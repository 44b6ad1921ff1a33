import { isSameDomain } from '../../cors/origin-list.ts'
import type { Settings } from '../../settings/settings.ts'
import type { DeploymentRule } from './deployment-rule.ts'
import { hasOwnEntry } from './own-entry.ts'

/** That plain HTTP is sent on to HTTPS, and that this can work. */
export const redirectRules: readonly DeploymentRule[] = [
  {
    id: 'security.W008',
    hint: 'Set it to true, unless a proxy in front redirects already.',
    find: ({ secureSslRedirect }) =>
      !secureSslRedirect && 'secureSslRedirect is off: the site answers over plain HTTP.',
  },
  {
    id: 'security.N023',
    hint: "Name the proxy that ends HTTPS: trustedProxies: ['unix'] where it comes over a socket, ['loopback'] where it comes by TCP from this machine, else its address.",
    find: (settings) => {
      const { secureSslRedirect, secureHstsSeconds, baseDir } = settings
      if (knowsHttps(settings) || hasOwnEntry(baseDir)) return undefined
      const nobody = 'trustedProxies is empty: the server speaks plain HTTP, so no request seems to come over HTTPS'
      if (secureSslRedirect) {
        return leadsHere(settings) && `secureSslRedirect is on and ${nobody}, and each is redirected for ever.`
      }
      return (
        secureHstsSeconds > 0 &&
        `secureHstsSeconds is ${secureHstsSeconds} and ${nobody}, and browsers are never told to remember it.`
      )
    },
  },
  {
    id: 'security.N027',
    hint: "Begin the pattern with '^', and let it name the paths that are to be answered: /^health\\/$/.",
    find: ({ secureSslRedirect, secureRedirectExempt }) => {
      const open = secureRedirectExempt.find((pattern) => somePaths.every((path) => path.search(pattern) !== -1))
      return (
        secureSslRedirect &&
        open !== undefined &&
        `secureRedirectExempt holds ${open}, which every path matches: plain HTTP is answered after all.`
      )
    },
  },
]

/** Paths that have nothing in common. */
const somePaths = ['', 'accounts/login/', 'x9/7', 'Favicon.ICO']

/** Whether somebody is believed about the scheme. */
function knowsHttps({ trustedProxies, secureProxySslHeader }: Settings): boolean {
  return trustedProxies.length > 0 || secureProxySslHeader !== undefined
}

/** Whether redirects lead to this site again, and not to another that answers over HTTPS. */
function leadsHere({ secureSslHost, allowedHosts }: Settings): boolean {
  const host = secureSslHost?.toLowerCase().replace(/:\d+$/, '')
  return host === undefined || allowedHosts.some((entry) => entry === '*' || isSameDomain(host, entry.toLowerCase()))
}
