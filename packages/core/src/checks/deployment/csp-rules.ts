import { CSP, type CspDirective, type CspDirectives } from '../../csp/csp.ts'
import { cspSources } from '../../csp/csp-sources.ts'
import { isBroadDomain } from './broad-domain.ts'
import type { DeploymentRule } from './deployment-rule.ts'

/** Sources that let in what anybody puts on the web. */
const anywhere = new Set(['*', 'http:', 'https:', 'data:', 'blob:', 'filesystem:'])

function scriptProblem(policy: CspDirectives): string | undefined {
  const scripts = cspSources(policy, 'script-src', 'default-src')
  if (scripts === undefined) return 'has neither script-src nor default-src: it lets every script run'
  // Browsers that know nonces and hashes pass over these two words where there is one.
  const isNamed = scripts.some((source) => source === CSP.nonce || source.startsWith("'sha"))
  if (scripts.includes(CSP.unsafeInline) && (scripts.includes(CSP.nonce) || !isNamed)) {
    return "lets inline scripts run ('unsafe-inline'): what somebody slips into a page runs in it"
  }
  if (scripts.includes(CSP.unsafeEval)) return "lets text be run as a script ('unsafe-eval')"
  const open = scripts.find(isOpen)
  if (open === undefined || scripts.includes(CSP.strictDynamic)) return undefined
  return `lets scripts in from anywhere ('${open}')`
}

/** The first source of a directive that anybody can be at. */
function openSource(policy: CspDirectives, ...directives: readonly CspDirective[]): string | undefined {
  return cspSources(policy, ...directives)?.find(isOpen)
}

function isOpen(source: string): boolean {
  const lower = source.toLowerCase()
  const domain = /^(?:https?:\/\/)?\*\.([^:/]+)/.exec(lower)?.[1]
  return anywhere.has(lower) || (domain !== undefined && isBroadDomain(domain))
}

export const cspRules: readonly DeploymentRule[] = [
  {
    id: 'security.N030',
    hint: 'Leave secureCsp out: strictCsp is the default. To try a policy first, set it as secureCspReportOnly beside this one.',
    find: ({ secureCsp }) =>
      (secureCsp === false || Object.keys(secureCsp).length === 0) &&
      'secureCsp is off: what somebody slips into a page runs in it.',
  },
  {
    id: 'security.N031',
    hint: 'Give inline scripts nonce="{{ cspNonce }}" and let in CSP.nonce, or put them into files.',
    find: ({ secureCsp }) => {
      if (secureCsp === false || Object.keys(secureCsp).length === 0) return undefined
      const problem = scriptProblem(secureCsp)
      return problem !== undefined && `secureCsp ${problem}.`
    },
  },
  {
    id: 'security.N032',
    hint: 'Give inline styles nonce="{{ cspNonce }}", or put them into files.',
    find: ({ secureCsp }) =>
      secureCsp !== false &&
      (cspSources(secureCsp, 'style-src', 'default-src') ?? []).includes(CSP.unsafeInline) &&
      "secureCsp lets inline styles in ('unsafe-inline'): they can show and hide what is on a page, and read some of it.",
  },
  {
    id: 'security.N033',
    hint: "Start from strictCsp: { ...strictCsp, 'img-src': [CSP.self, 'https://images.example.com'] }.",
    find: ({ secureCsp }) => {
      if (secureCsp === false || Object.keys(secureCsp).length === 0) return undefined
      const missing = [
        ...(cspSources(secureCsp, 'base-uri') === undefined ? ['base-uri'] : []),
        ...(cspSources(secureCsp, 'object-src', 'default-src') === undefined ? ['object-src'] : []),
        ...(cspSources(secureCsp, 'form-action') === undefined ? ['form-action'] : []),
      ]
      return missing.length > 0 && `secureCsp has no ${missing.join(', no ')}.`
    },
  },
  {
    id: 'security.N034',
    hint: "Name the sites that may: frame-ancestors: [CSP.self, 'https://partner.example']. Left out, it follows xFrameOptions.",
    find: ({ secureCsp }) => {
      const open = secureCsp !== false && openSource(secureCsp, 'frame-ancestors')
      return (
        open &&
        `secureCsp lets any page put the site into a frame (frame-ancestors '${open}'), whatever xFrameOptions says.`
      )
    },
  },
  {
    id: 'security.N035',
    hint: "Start from strictCsp, or name what is to be let in: 'form-action': [CSP.self, 'https://pay.example.com'].",
    find: ({ secureCsp }) => {
      if (secureCsp === false) return undefined
      const open = [['base-uri'], ['object-src', 'default-src'], ['form-action']] as const
      const name = open.find((directives) => openSource(secureCsp, ...directives))
      return name && `secureCsp lets anything in by ${name[0]} ('${openSource(secureCsp, ...name)}').`
    },
  },
]
