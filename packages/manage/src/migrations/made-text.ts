import { relative } from 'node:path'
import { findingText, type MadeMigration } from '@nuages/orm/migrations'

/** A migration that was made, for people: its file, its operations, and what is to be thought about before it runs. */
export function madeText(
  { app, path, replaced, operations, findings, branches = [] }: MadeMigration,
  baseDir: string,
): string {
  const moved = replaced === undefined || replaced === path ? '' : `, in place of ${relative(baseDir, replaced)}`
  const lines = [`${app}: ${relative(baseDir, path)}${replaced === path ? ', updated' : moved}`]
  for (const branch of branches) {
    lines.push(`  Joins ${branch.migrations.join(', ')}:`)
    lines.push(...branch.operations.map((operation) => `    - ${operation}`))
  }
  const told = operations.map((operation, index) => {
    const own = findings.filter((finding) => finding.operation === index)
    return `  - ${operation}\n${own.map((finding) => findingText(finding)).join('')}`
  })
  return `${lines.join('\n')}\n${told.join('')}`
}
