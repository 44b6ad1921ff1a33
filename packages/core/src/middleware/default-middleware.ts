import type { Middleware } from './middleware.ts'

/** What runs when the settings have no `middleware`, from the outside in. Add to it with `[...defaultMiddleware, mine]`. */
export const defaultMiddleware: readonly Middleware[] = []
