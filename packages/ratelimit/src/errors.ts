import { ImproperlyConfigured, type NuagesErrorOptions } from '@nuages/foundation'

/** A rate that cannot be read, or a hit that costs more than the rate allows at all. */
export class RateError extends ImproperlyConfigured {
  constructor(message: string, options?: NuagesErrorOptions) {
    super(message, options)
  }
}
