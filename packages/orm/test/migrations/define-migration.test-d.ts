import { char, integer } from '../../src/fields/index.ts'
import {
  addField,
  alterField,
  type Considered,
  createModel,
  defineMigration,
  removeField,
  renameIndex,
  runSQL,
  separateDatabaseAndState,
  swappableDependency,
} from '../../src/migrations/index.ts'

defineMigration({
  dependencies: [['blog', '0001_initial'], swappableDependency('authUserModel')],
  runBefore: [['shop', '0001_initial']],
  replaces: [['blog', '0000_old']],
  considered: { 'drop-column': 'release 41 no longer reads it' },
  operations: [
    createModel('Post', { title: char({ maxLength: 20 }) }, { table: 'posts' }),
    addField('Post', 'size', integer(), { oneOff: 1 }),
    renameIndex('Post', { from: 'a', to: 'b' }),
    separateDatabaseAndState({ database: [runSQL('SELECT 1')], state: [removeField('Post', 'size')] }),
  ],
})

// @ts-expect-error a migration has operations
defineMigration({ dependencies: [] })
// @ts-expect-error a dependency is an app and a name
defineMigration({ dependencies: ['0001_initial'], operations: [] })
// @ts-expect-error there is no such finding
defineMigration({ considered: { 'drop-colum': 'it is gone' }, operations: [] })
// @ts-expect-error why it may be is said in words
defineMigration({ considered: { 'drop-column': true }, operations: [] })
// @ts-expect-error an operation is made by its function
defineMigration({ operations: [{ name: 'addField' }] })
// @ts-expect-error there is no such finding
void ({ locks: 'x' } satisfies Considered)

// @ts-expect-error a field is made by its function
addField('Post', 'size', 'integer')
// @ts-expect-error there is no such option
alterField('Post', 'size', integer(), { default: 1 })
// @ts-expect-error there is no such option
createModel('Post', { title: char({ maxLength: 20 }) }, { dbTable: 'posts' })
// @ts-expect-error both names are said
renameIndex('Post', { from: 'a' })
