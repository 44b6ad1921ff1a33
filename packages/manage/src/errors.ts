import { NuagesError } from '@nuages/foundation'

/** The command line cannot be understood: an unknown command, argument or option. The exit code is 2. */
export class UsageError extends NuagesError {
  constructor(message: string, options?: { hint?: string }) {
    super('usage', message, options)
  }
}
