import type { HttpRequest } from '@nuages/http'
import { urlHasAllowedHostAndScheme } from '../login/allowed-url.ts'

/** Where a visitor wanted to go on to, by the parameter of a form or a query; `undefined` where that is not on these hosts. */
export async function nextPage(
  request: HttpRequest,
  fieldName: string,
  otherHosts: readonly string[],
): Promise<string | undefined> {
  const { fields } = await request.form()
  const next = fields.get(fieldName) ?? request.query.get(fieldName)
  const allowedHosts = [request.host, ...otherHosts]
  return urlHasAllowedHostAndScheme(next, { allowedHosts, requireHttps: request.isSecure }) ? next : undefined
}
