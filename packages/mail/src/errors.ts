import { NuagesError, type NuagesErrorOptions } from '@nuages/foundation'

/** A header holds what would end it and start another: a line break, or another control character. Django's `BadHeaderError`. */
export class BadMailHeader extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('bad-mail-header', message, options)
  }
}

/** A text is no address that mail can be sent to, or more than one. */
export class BadMailAddress extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('bad-mail-address', message, options)
  }
}

/** A message could not be handed over. What the server or the system said is the `cause`. */
export class MailDeliveryError extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('mail-delivery-error', message, options)
  }
}
