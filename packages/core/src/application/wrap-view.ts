/** A view, whatever its parameters. */
export type AnyView = (...args: never[]) => unknown

/**
 * Makes `wrapper` stand for `view`: it takes over its name, its class, and what it is marked with, as by `csrfExempt`. Every
 * function that makes a view of a view returns its result through it. What Django does with `functools.wraps`.
 */
export function wrapView<V extends AnyView>(view: AnyView, wrapper: V): V {
  for (const key of Reflect.ownKeys(view)) {
    if (key !== 'length' && key !== 'prototype') {
      Object.defineProperty(wrapper, key, Object.getOwnPropertyDescriptor(view, key)!)
    }
  }
  return wrapper
}
