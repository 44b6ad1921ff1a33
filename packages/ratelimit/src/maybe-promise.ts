/** A value, or the promise of one. What is there at once needs no turn of its own. */
export type MaybePromise<T> = T | PromiseLike<T>

/** What `next` makes of a value: at once where it is there, else when it is. */
export function after<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return isPromise(value) ? value.then(next) : next(value)
}

export function isPromise<T>(value: MaybePromise<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && 'then' in value
}
