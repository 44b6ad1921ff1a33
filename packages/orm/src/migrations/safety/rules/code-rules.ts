import type { Operation } from '../../operations/operation.ts'
import { labelOf } from '../../state/model-state.ts'
import type { ProjectState } from '../../state/project-state.ts'
import type { Draft } from '../draft.ts'

/** What code and SQL say of themselves; what they do is not looked into. */
export function codeRules(operation: Operation, app: string, state: ProjectState, atomic: boolean): Draft[] {
  const { factory, arguments: given, reversible } = operation
  if (factory !== 'runCode' && factory !== 'runSQL') return []
  const drafts: Draft[] = reversible ? [] : [noWayBack(factory)]
  const [code] = given
  if (factory === 'runCode' && typeof code === 'function' && atomic) {
    for (const table of tablesNamed(String(code), app, state)) drafts.push(inOneTransaction(table))
  }
  return drafts
}

function noWayBack(factory: string): Draft {
  return {
    id: 'no-way-back',
    what: `${factory} has no second argument.`,
    because: { irreversible: 'The migration cannot be taken back, nor those before it.' },
    hint: ['Write the way back, or noop where there is nothing to undo.'],
  }
}

/** The tables of the models that code asks its history for by name. */
function tablesNamed(code: string, app: string, state: ProjectState): string[] {
  const labels = [...code.matchAll(/\.model\(\s*['"`]([^'"`]+)['"`]/g)].map(([, label]) => label!)
  return labels.flatMap((label) => {
    const [own, name] = label.includes('.') ? (label.split('.') as [string, string]) : [app, label]
    const model = state.find(own, name)
    return model ? [state.registry.get(labelOf(model)).table] : []
  })
}

function inOneTransaction(table: string): Draft {
  return {
    id: 'code-in-one-transaction',
    table,
    what: `Code goes over ${table} in one transaction.`,
    because: { lock: 'Whoever writes a row that it has written waits until the last one is done.' },
    hint: [
      'Give the migration atomic: false, and let the code commit batch by batch, each found by what is still to do.',
    ],
  }
}
