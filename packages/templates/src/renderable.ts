import type { TemplateContext, TemplateName } from './engine.ts'

/**
 * The protocol of values that print themselves by a template, such as a form's field. A template that prints one
 * (`{{ field }}`) renders the template it names in its place, as an include that sees only `context` and the engine's
 * globals. It is asked once a page: what the context has to load is loaded with everything else.
 */
export const renderable: unique symbol = Symbol.for('nuages.renderable')

/** What a value prints itself by. */
export interface Rendering {
  /** The template, or several: the first that exists. */
  readonly template: TemplateName | readonly TemplateName[]
  readonly context: TemplateContext
}

export interface Renderable {
  [renderable](): Rendering
}

export function isRenderable(value: unknown): value is Renderable {
  return typeof value === 'object' && value !== null && renderable in value
}
