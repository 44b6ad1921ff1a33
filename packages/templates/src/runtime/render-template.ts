import type { RenderOptions, TemplateContext } from '../engine.ts'
import { TemplateError } from '../errors.ts'
import type { Scope, Template, TemplateHost } from '../template.ts'
import { RenderPass } from './render-pass.ts'

/** A chain of relations is as many passes as it has steps: far fewer than this. */
const passLimit = 50

/**
 * Renders `template`. A page where nothing has to be loaded is rendered exactly once. Otherwise all that was met is loaded
 * together and the page is rendered again, until a pass meets nothing more.
 */
export async function renderTemplate(
  host: TemplateHost,
  template: Template,
  context: TemplateContext,
  { autoescape = true }: RenderOptions = {},
): Promise<string> {
  const pass = new RenderPass(host, autoescape)
  for (let count = 1; count <= passLimit; count++) {
    pass.begin()
    const page = attempt(pass, template, Object.assign(Object.create(host.globals), context))
    if (pass.missed === 0) {
      const handedOut = pass.finish()
      if (handedOut !== undefined) await handedOut
      return page
    }
    await pass.loads.load()
  }
  throw new TemplateError(
    `'${template.name}' still has values to load after ${passLimit} passes; the last was a ${pass.loads.lastNoted}`,
    {
      hint: 'Something in it makes a new value each time it is read. Make it once, in the view, and give it to the template.',
    },
  )
}

/** An error in a pass that is to be repeated may come from what is not loaded yet: if it is real, it comes again. */
function attempt(pass: RenderPass, template: Template, scope: Scope): string {
  try {
    return pass.run(template, scope)
  } catch (error) {
    if (pass.missed === 0) throw error
    return ''
  }
}
