import type { HttpRequest } from '@nuages/http'

/** The address of a page without the token that it was asked with, wherever the project has put the page. */
export function pathWithoutToken(request: HttpRequest, token: string, placeholder: string): string {
  const { fullPath } = request
  const at = fullPath.lastIndexOf(token)
  return fullPath.slice(0, at) + placeholder + fullPath.slice(at + token.length)
}
