import { type AnyView, wrapView } from '../application/wrap-view.ts'

const exemptMark: unique symbol = Symbol.for('nuages.csrfExempt')

/**
 * A view that takes requests without a CSRF token: for what no browser sends on behalf of somebody who is signed in, such as
 * a webhook that checks a signature of its own. Django's `csrf_exempt`.
 *
 * ```ts
 * path('hooks/payment/', csrfExempt(payment))
 * path('hooks/stock/', csrfExempt(StockHook.asView()))
 * ```
 */
export function csrfExempt<V extends AnyView>(view: V): V {
  const exempt = wrapView(view, ((...args: never[]) => view(...args)) as V)
  return Object.defineProperty(exempt, exemptMark, { value: true })
}

export function isCsrfExempt(view: object): boolean {
  return exemptMark in view
}
