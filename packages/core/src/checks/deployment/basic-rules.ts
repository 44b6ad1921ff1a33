import { secretKeyWeakness } from '../../settings/secret-key.ts'
import type { DeploymentRule } from './deployment-rule.ts'

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
    find: ({ secretKey }) => secretKeyWeakness(secretKey) !== undefined && 'secretKey is too weak for production.',
  },
  {
    id: 'security.W025',
    hint: 'Take it out: whoever guesses it can sign in the name of this site.',
    find: ({ secretKeyFallbacks }) => {
      const weak = secretKeyFallbacks.findIndex((key) => secretKeyWeakness(key) !== undefined)
      return weak !== -1 && `secretKeyFallbacks[${weak}] is too weak for production.`
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
    id: 'security.N002',
    hint: "Set it to 'info', or to 'warn' where that is too much.",
    find: ({ logging }) =>
      (logging.level === 'silent' || logging.level === 'fatal') &&
      `logging.level is '${logging.level}': nobody will see what fails or who tries what.`,
  },
]
