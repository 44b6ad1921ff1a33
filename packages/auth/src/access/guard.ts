import { type AsyncView, type WrappableView, wrapView } from '@nuages/core'
import type { HttpRequest, HttpResponse } from '@nuages/http'
import { View } from '@nuages/views'

/** A class of views. */
export type ViewClass = new () => View<unknown>

/** Puts a question before views. It takes functions, what `asView()` gives, and classes, of which it makes another class. */
export interface Guard {
  // Functions first: a parameter without a type has it of the first signature that is tried.
  <V extends WrappableView>(view: V): AsyncView<V>
  <V extends ViewClass>(view: V): V
}

/** What is asked before a view: `undefined` lets through, a response is the answer. May throw, as `PermissionDenied`. */
export type Gate = (request: HttpRequest, params: unknown) => Promise<HttpResponse | undefined>

/** The guard of a question, for guards of one's own. */
export function guardWith(gate: Gate): Guard {
  const guard = (view: WrappableView | ViewClass) =>
    isViewClass(view) ? guardedClass(view, gate) : guardedFunction(view, gate)
  return guard as Guard
}

function isViewClass(view: WrappableView | ViewClass): view is ViewClass {
  return view === View || view.prototype instanceof View
}

function guardedFunction(view: WrappableView, gate: Gate): WrappableView {
  const guarded = async (request: HttpRequest, ...params: never[]): Promise<HttpResponse> =>
    (await gate(request, params[0])) ?? view(request, ...params)
  return wrapView(view, guarded)
}

/** Of a class a subclass: what Django's mixins, such as `LoginRequiredMixin`, do in front of a class. */
function guardedClass(ViewToGuard: ViewClass, gate: Gate): ViewClass {
  class GuardedView extends ViewToGuard {
    override async dispatch(): Promise<HttpResponse> {
      return (await gate(this.request, this.params)) ?? super.dispatch()
    }
  }
  Object.defineProperty(GuardedView, 'name', { value: ViewToGuard.name })
  return GuardedView
}
