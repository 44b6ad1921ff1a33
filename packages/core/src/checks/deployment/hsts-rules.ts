import type { DeploymentRule } from './deployment-rule.ts'

/** Seconds: what ASVS 5.0 (3.4.1) and hstspreload.org ask for. */
const year = 31_536_000

/** What browsers are told to remember about HTTPS. */
export const hstsRules: readonly DeploymentRule[] = [
  {
    id: 'security.W004',
    hint: 'Start with 3600, and raise it once everything is reachable over HTTPS.',
    find: ({ secureHstsSeconds }) =>
      secureHstsSeconds === 0 && 'secureHstsSeconds is 0: browsers do not remember to use HTTPS.',
  },
  {
    id: 'security.N024',
    // To begin with less is right, and to stay there is not.
    level: 'info',
    hint: `Raise it step by step to ${year}, a year, once everything is reachable over HTTPS.`,
    find: ({ secureHstsSeconds: seconds }) =>
      seconds > 0 &&
      seconds < year &&
      `secureHstsSeconds is ${seconds}: who does not come back within that time is asked over plain HTTP again. OWASP ASVS asks for a year.`,
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
    id: 'security.N025',
    hint: `Leave secureHstsPreload out until secureHstsSeconds is ${year} or more and secureHstsIncludeSubdomains is on.`,
    find: ({ secureHstsPreload, secureHstsSeconds, secureHstsIncludeSubdomains }) =>
      secureHstsPreload &&
      (secureHstsSeconds < year || !secureHstsIncludeSubdomains) &&
      'secureHstsPreload is on without a year for all subdomains: the lists of browsers do not take such a site.',
  },
]
