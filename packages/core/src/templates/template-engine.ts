import type { Engine } from '@nuages/templates'
import { NotSetUp } from '../errors.ts'

let engine: Engine | undefined

/** Makes `next` the project's engine; `undefined` takes it away. Part of `setup()` and `resetSetup()`. */
export function setTemplateEngine(next: Engine | undefined): void {
  engine = next
}

/** The project's template engine. Throws `NotSetUp` before `setup()`. */
export function templateEngine(): Engine {
  if (engine === undefined) {
    throw new NotSetUp('The template engine was asked for before the project was set up.', {
      hint: 'Call `await setup(settings)` first.',
    })
  }
  return engine
}
