import type { TemplateName } from '@nuages/templates'

const folder = new URL('../templates/', import.meta.url)

/**
 * A template of the forms, by its name below `nuages/forms/`: the project's or an app's file of that name, where there is
 * one, and ours otherwise.
 */
export function formTemplate(name: string): readonly TemplateName[] {
  let names = known.get(name)
  if (!names) {
    names = [`nuages/forms/${name}`, new URL(`nuages/forms/${name}`, folder)]
    known.set(name, names)
  }
  return names
}

const known = new Map<string, readonly TemplateName[]>()
