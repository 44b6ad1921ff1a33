import { SuspiciousFileName } from '@nuages/files'
import { RequestError } from '@nuages/gateway'
import { HttpError } from '@nuages/http'
import { TemplateError } from '@nuages/templates'

/** The status that an error is answered with. Only errors of our own name one: another library's `status` is about another request. */
export function errorStatus(problem: unknown): number {
  const error = thrownError(problem)
  if (error instanceof SuspiciousFileName) return 400
  return error instanceof HttpError || error instanceof RequestError ? error.status : 500
}

/** The error itself: what a tag or a method threw while a template was rendered arrives inside the template's error. */
export function thrownError(problem: unknown): unknown {
  return problem instanceof TemplateError ? problem.cause : problem
}
