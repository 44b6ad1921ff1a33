import type { HttpRequest } from '@nuages/http'
import { isTokenOf } from './csrf-token.ts'
import { usedSecret } from './get-token.ts'

/** Whether somebody asked for a token for the answer to the request: then the answer is this visitor's alone. */
export function usesToken(request: HttpRequest): boolean {
  return usedSecret(request) !== undefined
}

/** Whether a token of this visitor stands in a text: then nobody else may see the text. */
export function holdsToken(request: HttpRequest, text: string): boolean {
  const secret = usedSecret(request)
  if (secret === undefined) return false
  if (text.includes(secret)) return true
  // Every place where 64 letters and digits begin, since others may stand right before a token.
  for (const [run] of text.matchAll(/[A-Za-z0-9]{64,}/g)) {
    for (let at = 0; at + 64 <= run.length; at++) if (isTokenOf(run.slice(at, at + 64), secret)) return true
  }
  return false
}
