import { NuagesError, type NuagesErrorOptions } from '@nuages/foundation'

/** A key that cannot be used, or one that would have to be there. Django's `InvalidCacheKey`, and the `ValueError` of its `incr`. */
export class CacheKeyError extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('cache-key', message, options)
  }
}

/** A value that a cache cannot keep, or one that is not what was asked of it: `incr` on a text. */
export class CacheValueError extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('cache-value', message, options)
  }
}

/** The server or the files of a cache cannot be reached. `cause` is the driver's error. */
export class CacheUnavailable extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('cache-unavailable', message, options)
  }
}
