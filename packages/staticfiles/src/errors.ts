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

/** Static files refer to files that are not there, or cannot be given names with their hashes. */
export class StaticReferenceError extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('static-reference', message, options)
  }
}

/** The manifest of static files is missing, broken, or has no line for a file. */
export class StaticManifestError extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('static-manifest', message, options)
  }
}
