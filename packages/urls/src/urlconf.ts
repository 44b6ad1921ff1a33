import { ContextVariable, ImproperlyConfigured } from '@nuages/foundation'
import type { UrlResolver } from './resolver.ts'

/** What an asynchronous flow sees: `withUrlconf` and `withScriptPrefix` set it for a request. */
interface Scope {
  readonly resolver: UrlResolver | undefined
  readonly scriptPrefix: string
}

const scope = new ContextVariable<Scope>({ name: 'urlconf' })

let projectResolver: UrlResolver | undefined

/** Sets the URLconf that `resolve` and `reverse` use; core does when an application starts. Django's `ROOT_URLCONF`. */
export function setUrlconf(resolver: UrlResolver | undefined): void {
  projectResolver = resolver
}

/** The active URLconf. Throws `ImproperlyConfigured` before there is one. Django's `get_resolver`. */
export function getUrlconf(): UrlResolver {
  const resolver = scope.get()?.resolver ?? projectResolver
  if (resolver === undefined) {
    throw new ImproperlyConfigured(
      'There is no URLconf yet: URLs can be resolved and reversed once the application has started. ' +
        'At the top of a module, use reverseLazy().',
    )
  }
  return resolver
}

/** Calls `fn` with another URLconf, in it and in everything it starts. Django's `request.urlconf`. */
export function withUrlconf<R>(resolver: UrlResolver, fn: () => R): R {
  return scope.run({ resolver, scriptPrefix: getScriptPrefix() }, fn)
}

/** What stands before every path that `reverse` gives: `SCRIPT_NAME` with a `/` at its end. `'/'` at the root. */
export function getScriptPrefix(): string {
  return scope.get()?.scriptPrefix ?? '/'
}

/** Calls `fn` with `scriptName` (`''`, `'/blog'`) as the place where the application is mounted. */
export function withScriptPrefix<R>(scriptName: string, fn: () => R): R {
  const scriptPrefix = scriptName.endsWith('/') ? scriptName : `${scriptName}/`
  return scope.run({ resolver: scope.get()?.resolver, scriptPrefix }, fn)
}
