/**
 * Fields that several models share, put together with a model's own: `Model(compose(timestamps, { … }))`. What Django does
 * with abstract models. The relations among them stay getters; spreading would call them while modules still load.
 */
export function compose<A extends object, B extends object>(shared: A, own: B): A & B {
  const composed = Object.defineProperties({}, Object.getOwnPropertyDescriptors(shared))
  return Object.defineProperties(composed, Object.getOwnPropertyDescriptors(own)) as A & B
}
