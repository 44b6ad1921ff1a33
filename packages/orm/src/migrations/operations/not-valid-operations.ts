import { allowsMigration } from '../../routing/route.ts'
import { MigrationError } from '../errors.ts'
import { type ConstraintState, labelOf } from '../state/model-state.ts'
import { editorWith } from './editor-with.ts'
import { addConstraint } from './index-operations.ts'
import type { Operation } from './operation.ts'

/**
 * Adds a check that binds rows which are written from now on; those that are there are looked at by `validateConstraint`, in a
 * later migration. Django's `AddConstraintNotValid`. On SQLite it is `addConstraint`. Throws `MigrationError` for what is no
 * check.
 */
export function addConstraintNotValid(model: string, constraint: ConstraintState): Operation {
  if (constraint.type !== 'check') {
    throw new MigrationError(
      `addConstraintNotValid got the ${constraint.type} constraint '${constraint.name}' of ${model}; it takes a check. ` +
        'Unique constraints are added beside the traffic by addConstraintConcurrently.',
    )
  }
  const plain = addConstraint(model, constraint)
  return {
    ...plain,
    factory: 'addConstraintNotValid',
    description: `${plain.description}, not valid yet`,
    forwards(context) {
      const { editor } = context
      const alterTable = editor.addChecksNotValid?.bind(editor)
      if (!alterTable) return plain.forwards(context)
      return plain.forwards({ ...context, editor: editorWith(editor, alterTable) })
    },
  }
}

/**
 * Looks at the rows that were there before `addConstraintNotValid`, while others read and write. It belongs in a migration of
 * its own: in that of the constraint, the lock of adding it would be held meanwhile. Django's `ValidateConstraint`. On SQLite
 * there is nothing to do.
 */
export function validateConstraint(model: string, name: string): Operation {
  return {
    factory: 'validateConstraint',
    arguments: [model, name],
    description: `Validate constraint ${name} on ${model}`,
    nameFragment: `validate_${name}`,
    reversible: true,
    applyTo(state, app) {
      const own = state.model(app, model)
      const names = own.options.constraints.map((constraint) => constraint.name)
      if (names.includes(name)) return state
      throw new MigrationError(
        `${labelOf(own)} has no '${name}' among its constraints: ${names.join(', ') || 'none'}. Add it in a migration before.`,
      )
    },
    async forwards({ app, to, editor, database }) {
      const own = to.model(app, model)
      if (!own.options.managed || !allowsMigration(database.alias, app, own.name)) return
      await editor.validateConstraint?.(to.registry.get(labelOf(own)).table, name)
    },
    backwards: async () => {},
  }
}
