import { defineSettings, setup, templateEngine } from 'nuages'
import { cache } from 'nuages/cache'
import { staticfiles } from 'nuages/staticfiles'
import { TemplateSyntaxError } from 'nuages/templates'
import type { CodeBlock } from './code-block.ts'

const settings = defineSettings({ baseDir: import.meta.dirname, debug: true, installedApps: [staticfiles, cache] })

/** Compiles templates of a page as a project's engine does; what they would print depends on a view and is not looked at. */
export async function compileTemplates(path: string, templates: readonly CodeBlock[]): Promise<string[]> {
  await setup(settings)
  const problems: string[] = []
  for (const { code, line } of templates) {
    try {
      await templateEngine().renderString(code)
    } catch (error) {
      if (error instanceof TemplateSyntaxError) problems.push(`${path}:${line}: ${error.message}`)
    }
  }
  return problems
}
