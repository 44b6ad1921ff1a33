import { NuagesError } from '@nuages/foundation'
import { TemplateDoesNotExist, TemplateError } from '../errors.ts'
import { sourceExcerpt } from '../source-excerpt.ts'
import type { Template } from '../template.ts'

/** What was thrown at `line` of `template` as a `TemplateError` that says so. One that has its place gets one more in its trace. */
export function locate(error: unknown, template: Template, line: number): TemplateError {
  const location = { template: template.name, file: template.file, line: Math.max(1, line) }
  if (error instanceof TemplateError && error.location) return error.passedThrough(location)
  const options = { location, source: sourceExcerpt(template.source, location.line), ...causeAndHint(error) }
  if (error instanceof TemplateDoesNotExist) {
    return new TemplateDoesNotExist(error.message, { ...options, names: error.names, tried: error.tried })
  }
  return new TemplateError(messageOf(error), options)
}

function causeAndHint(error: unknown): { cause?: unknown; hint?: string } {
  const hint = error instanceof NuagesError && error.hint !== undefined ? { hint: error.hint } : {}
  // An error of our own that had no place yet says nothing more than the one that replaces it.
  return error instanceof TemplateError ? hint : { ...hint, cause: error }
}

function messageOf(error: unknown): string {
  if (error instanceof TemplateError) return error.message
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
