import { type HttpRequest, safeNext } from '@nuages/http'

/** Where a visitor wanted to go on to, by the parameter of a form or a query; `undefined` where that is not on these hosts. */
export async function nextPage(
  request: HttpRequest,
  fieldName: string,
  otherHosts: readonly string[],
): Promise<string | undefined> {
  const { fields } = await request.form()
  return safeNext(request, fields.get(fieldName) ?? request.query.get(fieldName), otherHosts)
}
