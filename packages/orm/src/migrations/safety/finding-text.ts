import type { Finding } from './finding.ts'

const words: Readonly<Record<Finding['kinds'][number], string>> = {
  lock: 'locks',
  'breaks-running-code': 'breaks running code',
  'data-loss': 'loses data',
  irreversible: 'no way back',
}

/** A finding for people, under the line of its operation: several lines, each with `indent` in front. */
export function findingText(finding: Finding, indent = '    '): string {
  const { id, kinds, message, hint, link, severity, considered } = finding
  if (considered !== undefined) return `${indent}${id}: considered: ${considered}\n`
  const kind = kinds.map((one) => words[one]).join(', ')
  const steps = hint.map((step, index) => (hint.length === 1 ? step : `${index + 1}. ${step}`))
  const lines = [
    `${severity === 'unsafe' ? '!' : '·'} ${id} (${kind}): ${message}`,
    ...steps.map((step) => `  ${step}`),
    `  See docs/${link}`,
  ]
  return lines.map((line) => `${line.replace(/^/gm, indent)}\n`).join('')
}

/** Whether `--fail-unsafe` has to fail. */
export function isUnsafe(findings: readonly Finding[]): boolean {
  return findings.some(({ severity, considered }) => severity === 'unsafe' && considered === undefined)
}
