import { type Renderable, type Rendering, renderable, type TemplateContext, type TemplateName } from '@nuages/templates'

/** A part of a form that prints itself: a template and what it sees. */
export class RenderedPart implements Renderable {
  readonly #template: readonly TemplateName[]
  readonly #context: TemplateContext

  constructor(template: readonly TemplateName[], context: TemplateContext) {
    this.#template = template
    this.#context = context
  }

  [renderable](): Rendering {
    return { template: this.#template, context: this.#context }
  }
}
