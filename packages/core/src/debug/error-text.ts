import { inspect } from 'node:util'
import type { ErrorReport, NamedValues, ReportedError } from './error-report.ts'
import type { SourceLine } from './source-excerpt.ts'

/** The report of an error as plain text, for clients that take no HTML, for mail, and for pasting into an issue. */
export function errorText(report: ErrorReport, footer = 'Shown because debug is on.'): string {
  const { errors, request } = report
  const [error, ...causes] = errors
  return [
    `${error.name} at ${request.method} ${request.url}`,
    errorLines(error),
    ...causes.map((cause) => `Caused by ${cause.name}\n${errorLines(cause)}`),
    pairsBlock('Query', request.query),
    pairsBlock('Form', request.form),
    pairsBlock('Cookies', request.cookies),
    pairsBlock('Headers', request.headers),
    `Node ${report.nodeVersion}. ${footer}\n`,
  ]
    .filter((block) => block !== '')
    .join('\n\n')
}

function errorLines(error: ReportedError): string {
  const lines = [error.message]
  if (error.hint) lines.push(`Hint: ${error.hint}`)
  if (error.template) {
    lines.push('', `In template ${error.template.file}${error.template.line ? `:${error.template.line}` : ''}`)
    lines.push(...excerpt(error.template.source), ...error.template.trace.map((above) => `  from ${above}`))
  }
  const nearest = error.frames.find(({ owner }) => owner === 'project')
  if (nearest) lines.push('', `${nearest.file}:${nearest.line}`, ...excerpt(nearest.source))
  if (error.frames.length > 0) {
    lines.push('', 'Stack, innermost call first')
    for (const frame of error.frames) {
      lines.push(`  ${frame.functionName || '(anonymous)'}  ${frame.file}:${frame.line}:${frame.column}`)
    }
  }
  return lines.join('\n')
}

function excerpt(lines: readonly SourceLine[]): string[] {
  return lines.map((line) => `${line.current ? '>' : ' '} ${String(line.number).padStart(5)} | ${line.text}`)
}

function pairsBlock(title: string, pairs: NamedValues): string {
  if (pairs.length === 0) return ''
  const rows = pairs.map(([name, value]) => `  ${name}: ${typeof value === 'string' ? value : inspect(value)}`)
  return [title, ...rows].join('\n')
}
