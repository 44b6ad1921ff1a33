import { didYouMean } from '@nuages/foundation'
import { CSP, type CspDirectives, cspDirectiveNames } from './csp.ts'

const keywords: ReadonlySet<string> = new Set(Object.values(CSP))
const hash = /^'sha(256|384|512)-[A-Za-z0-9+/_-]+={0,2}'$/

/** What is wrong with a policy, in sentences that begin with the name of what it stands in. */
export function cspProblems(name: string, directives: CspDirectives): string[] {
  return Object.entries(directives).flatMap(([directive, sources]) => {
    const place = `${name}['${directive}']`
    if (!(cspDirectiveNames as readonly string[]).includes(directive)) {
      return [
        `${name} has no directive '${directive}'.${didYouMean(directive, cspDirectiveNames) || ' They are written as they are sent, such as script-src.'}`,
      ]
    }
    if (sources === undefined || typeof sources === 'boolean') return []
    const list = typeof sources === 'string' ? sources.trim().split(/\s+/) : sources
    const problems = list.flatMap((source) => sourceProblem(source, directive))
    if (list.includes(CSP.none) && list.length > 1)
      problems.push(`has 'none' beside other sources, which makes it void`)
    return problems.map((problem) => `${place} ${problem}.`)
  })
}

function sourceProblem(source: string, directive: string): string[] {
  const shown = JSON.stringify(source)
  if (!/^[!-~]+$/.test(source) || /[;,]/.test(source)) {
    return [`holds ${shown}; a source is one word of ASCII, without ';' and ','`]
  }
  if (directive === 'sandbox' || directive.startsWith('report-') || directive.includes('trusted-types')) return []
  if (source.startsWith("'")) {
    if (keywords.has(source) || hash.test(source)) return []
    if (source.startsWith("'nonce-")) {
      return [`holds ${shown}: a nonce that is always the same protects nothing; CSP.nonce is another for each page`]
    }
    return [`holds ${shown}, which is no keyword.${didYouMean(source, [...keywords])}`]
  }
  const quoted = `'${source.toLowerCase()}'`
  return keywords.has(quoted)
    ? [`holds ${shown}, which is a host of that name; the keyword is written "${quoted}"`]
    : []
}
