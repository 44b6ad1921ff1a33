import type { HttpRequest, HttpResponse } from '@nuages/http'
import type { QuerySet } from '@nuages/orm'

/** What an action asks before it runs. */
export interface ActionConfirmation {
  readonly message?: string
  /** What the button says; the action's label unless given. */
  readonly label?: string
}

/** Something to do with chosen rows. */
export interface ListAction<M> {
  readonly label: string
  readonly description?: string
  /** What the user must be allowed to do with the model, and with each chosen row where hooks refuse some. */
  readonly permissions?: readonly ('add' | 'change' | 'delete' | 'view')[]
  /** Asks on a page of its own before it runs. */
  readonly confirm?: boolean | string | ActionConfirmation
  /** It destroys something: its button is red. */
  readonly danger?: boolean
  /** A text becomes a message, a response is sent as it is, nothing leads back to the list. */
  run(request: HttpRequest, rows: QuerySet<M>): ActionResult | Promise<ActionResult>
}

export type ActionResult = string | HttpResponse | void | undefined
