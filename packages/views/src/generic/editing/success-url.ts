import { ImproperlyConfigured } from '@nuages/foundation'
import type { LazyUrl } from '@nuages/urls'

/** Where to after a form was accepted: a URL, one that is reversed when it is needed, or a function that gives one. */
export type SuccessUrl<Args extends readonly unknown[]> = string | LazyUrl | ((...args: Args) => string | LazyUrl)

/** The URL, given what the function takes. */
export function successUrlOf<Args extends readonly unknown[]>(url: SuccessUrl<Args>, ...args: Args): string {
  return String(typeof url === 'function' ? url(...args) : url)
}

/** The page of a row, if its model says where that is. Throws `ImproperlyConfigured` if it does not. */
export function absoluteUrlOf(view: object, object: object): string {
  const { getAbsoluteUrl } = object as { getAbsoluteUrl?: () => string }
  if (typeof getAbsoluteUrl === 'function') return getAbsoluteUrl.call(object)
  throw noSuccessUrl(view, `, give ${object.constructor.name} a getAbsoluteUrl()`)
}

export function noSuccessUrl(view: object, otherWays = ''): ImproperlyConfigured {
  return new ImproperlyConfigured(
    `${view.constructor.name} does not know where to go after a form was accepted. Give it a successUrl${otherWays}, ` +
      'or override getSuccessUrl().',
  )
}
