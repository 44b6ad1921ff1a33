import type { HttpRequest } from '@nuages/http'
import { NoReverseMatch, type ReverseArgs, reverseName } from '@nuages/urls'

/** A URL of `authUrls`, in the namespace that they were included under. */
export function besideThisPage(request: HttpRequest, name: string, args?: ReverseArgs): string {
  const { namespace } = (request.resolverMatch ?? {}) as { readonly namespace?: string }
  return reverseName(namespace ? `${namespace}:${name}` : name, args)
}

/** The same, `undefined` where the project has put pages of its own in place of that one. */
export function urlBesideIfThere(request: HttpRequest, name: string): string | undefined {
  try {
    return besideThisPage(request, name)
  } catch (error) {
    if (error instanceof NoReverseMatch) return undefined
    throw error
  }
}
