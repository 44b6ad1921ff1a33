import { NuagesError, type NuagesErrorOptions } from '@nuages/foundation'

/** `static` was given what cannot be the path of a static file. */
export class StaticPathError extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('static-path', message, options)
  }
}

/** `staticRoot` is a folder that must not be collected into. */
export class StaticRootError extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('static-root', message, options)
  }
}
