import { NuagesError } from '@nuages/foundation'

/** A page that a paginator does not have. Django's `InvalidPage`. */
export abstract class InvalidPage extends NuagesError {}

/** The page's number is none. Django's `PageNotAnInteger`. */
export class PageNotAnInteger extends InvalidPage {
  constructor(message: string) {
    super('page-not-an-integer', message)
  }
}

/** The page's number is below 1, or there is nothing on that page. Django's `EmptyPage`. */
export class EmptyPage extends InvalidPage {
  constructor(message: string) {
    super('empty-page', message)
  }
}
