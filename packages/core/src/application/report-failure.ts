import type { HttpRequest } from '@nuages/http'
import { gotRequestException } from '../signals/request-signals.ts'
import { noteFailure } from './failures.ts'

/**
 * Tells of an error that somebody answers in place of the framework, as an app does with a page of its own: it goes into the
 * log with the response, and `gotRequestException` is sent.
 */
export async function reportFailure(request: HttpRequest, error: unknown): Promise<void> {
  noteFailure(request, error)
  await gotRequestException.send({ request, error })
}
