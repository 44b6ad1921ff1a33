import { secretKeyWeakness } from '../../settings/secret-key.ts'
import { isBroadDomain } from './broad-domain.ts'
import type { DeploymentRule } from './deployment-rule.ts'

/** Keys that stand in the documentation, where examples need one. */
const published = new Set(['x3Hq0vV1m5Zb8Wc2Tn6Yk9Ld4Rf7Gs0Ja'])

/** Why a key may not be used where others can reach the site, or nothing. What `startproject` of Django writes is marked by it. */
function keyProblem(key: string): string | undefined {
  if (secretKeyWeakness(key) !== undefined) return 'is too weak for production'
  if (published.has(key)) return 'is one of the documentation, which everybody can read'
  return key.startsWith('django-insecure-') ? "begins with 'django-insecure-': it was made for development" : undefined
}

/** What a site must not be without: the secret, the hosts, no debugging, a log. */
export const basicRules: readonly DeploymentRule[] = [
  {
    id: 'security.W018',
    hint: 'Turn it off: whoever sees an error would see the source and the settings.',
    find: ({ debug }) => debug && 'debug is on.',
  },
  {
    id: 'security.W009',
    hint: "Use at least 32 random characters, such as the output of 'openssl rand -base64 48'.",
    find: ({ secretKey }) => {
      const problem = keyProblem(secretKey)
      return problem && `secretKey ${problem}.`
    },
  },
  {
    id: 'security.W025',
    hint: 'Take it out: whoever guesses it can sign in the name of this site.',
    find: ({ secretKeyFallbacks }) => {
      const weak = secretKeyFallbacks.findIndex((key) => keyProblem(key) !== undefined)
      return weak !== -1 && `secretKeyFallbacks[${weak}] ${keyProblem(secretKeyFallbacks[weak]!)}.`
    },
  },
  {
    id: 'security.W020',
    hint: 'Name the hosts the site is reached by.',
    find: ({ allowedHosts }) =>
      allowedHosts.length === 0 && 'allowedHosts is empty: with debug off, every request is refused.',
  },
  {
    id: 'security.N001',
    hint: 'Name the hosts the site is reached by.',
    find: ({ allowedHosts }) =>
      allowedHosts.includes('*') &&
      "allowedHosts holds '*': links that are built from the Host header may lead anywhere.",
  },
  {
    id: 'security.N003',
    hint: "Name a domain that is yours: '.example.com'.",
    find: ({ allowedHosts }) => {
      const broad = allowedHosts.find((host) => host.startsWith('.') && isBroadDomain(host.slice(1)))
      return broad !== undefined && `allowedHosts holds '${broad}': anybody can have a host of such a name.`
    },
  },
  {
    id: 'security.N002',
    hint: "Set it to 'info', or to 'warn' where that is too much.",
    find: ({ logging }) =>
      (logging.level === 'silent' || logging.level === 'fatal') &&
      `logging.level is '${logging.level}': nobody will see what fails or who tries what.`,
  },
]
