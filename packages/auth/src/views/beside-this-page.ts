import type { HttpRequest } from '@nuages/http'
import { type ReverseArgs, reverseName } from '@nuages/urls'

/** A URL of `authUrls`, in the namespace that they were included under. */
export function besideThisPage(request: HttpRequest, name: string, args?: ReverseArgs): string {
  const { namespace } = (request.resolverMatch ?? {}) as { readonly namespace?: string }
  return reverseName(namespace ? `${namespace}:${name}` : name, args)
}
