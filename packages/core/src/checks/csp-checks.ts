import type { CheckMessage } from '@nuages/foundation'
import type { CspDirective } from '../csp/csp.ts'
import { cspSources } from '../csp/csp-sources.ts'
import type { Settings } from '../settings/settings.ts'

const staticDirectives: readonly CspDirective[] = ['script-src', 'style-src', 'img-src', 'font-src']
const mediaDirectives: readonly CspDirective[] = ['img-src']

/** Files of the project's own that its policy would keep out of its pages. */
export function checkCsp(settings: Settings): CheckMessage[] {
  return [...keptOut(settings, 'staticUrl', staticDirectives), ...keptOut(settings, 'mediaUrl', mediaDirectives)]
}

function keptOut(
  settings: Settings,
  key: 'staticUrl' | 'mediaUrl',
  directives: readonly CspDirective[],
): CheckMessage[] {
  const policy = settings.secureCsp
  const url = settings[key]
  if (policy === false || url.startsWith('/')) return []
  const closed = directives.filter((name) => {
    const sources = cspSources(policy, name, 'default-src')
    return sources !== undefined && !sources.some((source) => letsIn(source, new URL(url)))
  })
  if (closed.length === 0) return []
  const { origin } = new URL(url)
  return [
    {
      level: 'warning',
      id: 'csp.W001',
      message: `${key} is '${url}', and secureCsp does not let files of ${origin} in (${closed.join(', ')}).`,
      hint: `Add it: secureCsp: { ...strictCsp, '${closed[0]}': [CSP.self, CSP.nonce, '${origin}'] }.`,
    },
  ]
}

function letsIn(source: string, { protocol, origin, host, href }: URL): boolean {
  const text = source.toLowerCase()
  if (text === '*' || text === protocol || text === host || text === origin || href.startsWith(text)) return true
  const domain = /^(?:https?:\/\/)?\*(\..+)$/.exec(text)?.[1]
  return domain !== undefined && host.endsWith(domain)
}
