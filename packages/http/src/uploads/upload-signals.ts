import { NuagesError } from '@nuages/foundation'

/** Thrown by an upload handler: the file that is under way is left out of the form, which goes on without it. */
export class SkipFile extends NuagesError {
  constructor(message = 'An upload handler leaves this file out.') {
    super('skip-file', message)
  }
}

/** Thrown by an upload handler in `newFile`: the handlers after it do not see this file. */
export class StopFutureHandlers extends NuagesError {
  constructor(message = 'An upload handler takes this file alone.') {
    super('stop-future-handlers', message)
  }
}
