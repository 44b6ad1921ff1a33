import { TemplateError } from '@nuages/templates'
import type { TemplateExcerpt } from './error-report.ts'

/** The place in a template that an error comes from, and the templates that led there. */
export function templateExcerpt(error: Error): TemplateExcerpt | undefined {
  if (!(error instanceof TemplateError) || error.location === undefined) return undefined
  const { template, file, line } = error.location
  return {
    file: file ?? template,
    line,
    source: error.source.map(({ number, text, failing }) => ({ number, text, current: failing })),
    trace: error.trace.map((above) => `${above.file ?? above.template}:${above.line}`),
  }
}
