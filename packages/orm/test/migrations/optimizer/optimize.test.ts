import { describe, expect, test } from 'vitest'
import { bigAuto, char, decimal, generated, integer, text } from '../../../src/fields/index.ts'
import { F, Lower, Model, registerModels, swappable } from '../../../src/index.ts'
import { newMigration } from '../../../src/migrations/migration.ts'
import {
  addIndexConcurrently,
  alterFieldConcurrently,
} from '../../../src/migrations/operations/concurrent-operations.ts'
import { addField, alterField, removeField, renameField } from '../../../src/migrations/operations/field-operations.ts'
import {
  addConstraint,
  addIndex,
  removeConstraint,
  removeIndex,
  renameConstraint,
  renameIndex,
} from '../../../src/migrations/operations/index-operations.ts'
import {
  alterModelManaged,
  alterModelTable,
  createModel,
  deleteModel,
  renameModel,
} from '../../../src/migrations/operations/model-operations.ts'
import { noop } from '../../../src/migrations/operations/noop.ts'
import type { Operation } from '../../../src/migrations/operations/operation.ts'
import { runCode } from '../../../src/migrations/operations/run-code.ts'
import { runSQL } from '../../../src/migrations/operations/run-sql.ts'
import { optimize } from '../../../src/migrations/optimizer/optimize.ts'
import { defaultImports } from '../../../src/migrations/writer/imports.ts'
import { writeMigration } from '../../../src/migrations/writer/write-migration.ts'
import { CASCADE, foreignKey, manyToMany } from '../../../src/relations/index.ts'

const id = () => bigAuto()
const name = () => char({ maxLength: 20 })
const to = (label: string) => foreignKey(label, { onDelete: CASCADE })
const post = (fields: object = {}) => createModel('Post', { id: id(), ...fields })

/** The operations as a migration file has them. */
function written(operations: readonly Operation[]): string {
  return writeMigration(newMigration({ app: 'blog', name: '0001_initial', operations }), defaultImports)
}

function expectFolded(operations: readonly Operation[], expected: readonly Operation[]): void {
  expect(written(optimize(operations, 'blog'))).toBe(written(expected))
}

function expectKept(...operations: Operation[]): void {
  expectFolded(operations, operations)
}

describe('a model that is made', () => {
  test('has what it gets later', () => {
    const index = { name: 'post_name', fields: ['name'] }
    const check = { type: 'check', name: 'long', condition: { size__gt: 0 } } as const
    expectFolded(
      [
        post({ gone: name(), kept: name() }),
        addField('Post', 'name', name(), { oneOff: 'x' }),
        removeField('Post', 'gone'),
        alterField('Post', 'kept', text()),
        renameField('Post', 'kept', 'body'),
        addField('Post', 'size', integer()),
        addIndex('Post', index),
        addConstraint('Post', check),
        addIndex('Post', { ...index, name: 'second' }),
        removeIndex('Post', 'second'),
        alterModelTable('Post', 'posts'),
      ],
      [
        createModel(
          'Post',
          { id: id(), body: text(), name: name(), size: integer() },
          { table: 'posts', indexes: [index], constraints: [check] },
        ),
      ],
    )
  })

  test('carries its relations to itself when its name changes', () => {
    expectFolded(
      [post({ parent: to('self') }), renameModel('Post', 'Article')],
      [createModel('Article', { id: id(), parent: to('blog.Article') })],
    )
  })

  test('and goes again is as if it had not been', () => {
    expectFolded([post(), addField('Post', 'name', name()), deleteModel('Post')], [])
    expectFolded(
      [createModel('Tag', { id: id() }), post({ tag: to('Tag') }), removeField('Post', 'tag'), deleteModel('Tag')],
      [post()],
    )
  })

  test('stands where it stood, and goes down to what it points to where it must', () => {
    const tag = createModel('Tag', { id: id() })
    expectFolded([post(), tag, addField('Post', 'name', name())], [post({ name: name() }), tag])
    expectFolded([post(), tag, addField('Post', 'tag', to('Tag'))], [tag, post({ tag: to('blog.Tag') })])
    expectFolded(
      [post(), tag, addField('Post', 'tags', manyToMany('Tag'))],
      [tag, post({ tags: manyToMany('blog.Tag') })],
    )
  })

  test('does not wait for what waits for it', () => {
    expectKept(post(), createModel('Tag', { id: id(), post: to('blog.Post') }), addField('Post', 'tag', to('blog.Tag')))
  })

  test('keeps away from its own table where migrations do not look after it at first', () => {
    expectKept(createModel('Post', { id: id() }, { managed: false }), alterModelManaged('Post', true))
  })
})

test('a relation to the model of a setting stays one, whatever that model is called at the time', () => {
  class Account extends Model({ name: char({ maxLength: 50 }) }, { swappable: 'accountModel' }) {}
  registerModels('base', { Account })
  const owner = () => foreignKey(swappable<object>('accountModel'), { onDelete: CASCADE })
  expectFolded([post({ owner: owner() }), addField('Post', 'name', name())], [post({ owner: owner(), name: name() })])
  const made = [createModel('Old', { id: id() }), createModel('Log', { id: id(), owner: owner() })]
  expect(optimize([...made, renameModel('Old', 'Newer')], 'base')).toHaveLength(3)
})

describe('what is there already', () => {
  test('comes and goes', () => {
    expectFolded([addField('Post', 'name', name()), removeField('Post', 'name')], [])
    expectFolded([addIndex('Post', { name: 'i', fields: ['name'] }), removeIndex('Post', 'i')], [])
    const unique = { type: 'unique', name: 'u', fields: ['name'] } as const
    expectFolded([addConstraint('Post', unique), removeConstraint('Post', 'u')], [])
    expectFolded(
      [
        addField('Post', 'a', name()),
        addField('Post', 'b', name()),
        removeField('Post', 'x'),
        removeField('Post', 'a'),
      ],
      [addField('Post', 'b', name()), removeField('Post', 'x')],
    )
  })

  test('is not emptied by being removed and added', () => {
    expectKept(removeField('Post', 'name'), addField('Post', 'name', name()))
    expectKept(deleteModel('Post'), post())
  })

  test('takes the last of its names', () => {
    expectFolded([renameField('Post', 'a', 'b'), renameField('Post', 'b', 'c')], [renameField('Post', 'a', 'c')])
    expectFolded([renameField('Post', 'a', 'b'), renameField('Post', 'b', 'a')], [])
    expectFolded([renameModel('Post', 'Article'), renameModel('Article', 'Text')], [renameModel('Post', 'Text')])
    expectFolded([renameModel('Post', 'Article'), renameModel('Article', 'Post')], [])
    expectFolded([addField('Post', 'a', name()), renameField('Post', 'a', 'b')], [addField('Post', 'b', name())])
  })

  test('takes the last of the names of its indexes and constraints', () => {
    const index = { name: 'i', fields: ['name'] }
    expectFolded(
      [addIndex('Post', index), renameIndex('Post', { from: 'i', to: 'j' })],
      [addIndex('Post', { ...index, name: 'j' })],
    )
    expectFolded(
      [renameConstraint('Post', { from: 'a', to: 'b' }), renameConstraint('Post', { from: 'b', to: 'c' })],
      [renameConstraint('Post', { from: 'a', to: 'c' })],
    )
    expectFolded([renameIndex('Post', { from: 'a', to: 'b' }), renameIndex('Post', { from: 'b', to: 'a' })], [])
    expectFolded([renameIndex('Post', { from: 'a', to: 'b' }), removeIndex('Post', 'b')], [removeIndex('Post', 'a')])
  })

  test('is looked at by the database as each operation says', () => {
    expectFolded(
      [post({ name: name() }), addIndexConcurrently('Post', { name: 'i', fields: ['name'] })],
      [createModel('Post', { id: id(), name: name() }, { indexes: [{ name: 'i', fields: ['name'] }] })],
    )
    expectKept(alterFieldConcurrently('Post', 'a', name()), alterField('Post', 'a', text()))
  })

  test('goes under its first name', () => {
    expectFolded([renameField('Post', 'a', 'b'), removeField('Post', 'b')], [removeField('Post', 'a')])
    expectFolded([renameModel('Post', 'Article'), deleteModel('Article')], [deleteModel('Post')])
    expectFolded([alterField('Post', 'a', text()), removeField('Post', 'a')], [removeField('Post', 'a')])
    expectFolded(
      [removeField('Post', 'a'), alterField('Post', 'b', text()), removeIndex('Post', 'i'), deleteModel('Post')],
      [deleteModel('Post')],
    )
  })

  test('takes the last of its tables', () => {
    expectFolded([alterModelTable('Post', 'a'), alterModelTable('post', 'b')], [alterModelTable('post', 'b')])
  })
})

describe('rows that are there', () => {
  const wide = (options: object = {}) => char({ maxLength: 50, ...options })

  test('get what they were given first', () => {
    expectFolded(
      [addField('Post', 'a', name(), { oneOff: 'x' }), alterField('Post', 'a', wide())],
      [addField('Post', 'a', wide(), { oneOff: 'x' })],
    )
    expectFolded(
      [addField('Post', 'a', wide({ default: 'x' })), alterField('Post', 'a', wide({ default: 'y' }))],
      [addField('Post', 'a', wide({ default: 'y' }), { oneOff: 'x' })],
    )
    expectFolded(
      [addField('Post', 'a', wide({ null: true })), alterField('Post', 'a', wide(), { oneOff: 'x' })],
      [addField('Post', 'a', wide(), { oneOff: 'x' })],
    )
    expectFolded(
      [alterField('Post', 'a', name(), { oneOff: 'x' }), alterField('Post', 'a', wide(), { oneOff: 'y' })],
      [alterField('Post', 'a', wide(), { oneOff: 'x' })],
    )
    expectFolded(
      [alterField('Post', 'a', wide({ null: true })), alterField('Post', 'a', wide(), { oneOff: 'y' })],
      [alterField('Post', 'a', wide(), { oneOff: 'y' })],
    )
  })

  test('are not folded away', () => {
    expectKept(addField('Post', 'a', wide({ null: true })), alterField('Post', 'a', wide({ null: true, default: 'x' })))
    expectKept(alterField('Post', 'a', wide(), { oneOff: 'x' }), alterField('Post', 'a', wide({ null: true })))
    expectKept(addField('Post', 'a', wide({ default: () => 'x' })), alterField('Post', 'a', wide()))
    expectKept(addField('Post', 'a', wide({ dbDefault: 'x' })), alterField('Post', 'a', wide()))
  })

  test('go the way round by which they fit', () => {
    expectKept(alterField('Post', 'a', integer()), alterField('Post', 'a', text()))
    const places = (decimalPlaces: number) => decimal({ maxDigits: 9, decimalPlaces })
    expectKept(alterField('Post', 'a', places(0)), alterField('Post', 'a', places(2)))
  })
})

describe('nothing is folded across', () => {
  const folds = [addField('Post', 'a', name()), removeField('Post', 'a')] as const
  const ours: Operation = { ...runSQL('SELECT 1'), factory: 'somebodyElses' }
  test.each([runCode(async () => {}), runSQL('SELECT 1', noop), alterModelManaged('Post', true), ours])(
    '$factory',
    (barrier) => {
      expect(optimize([folds[0], barrier, folds[1]], 'blog')).toEqual([folds[0], barrier, folds[1]])
    },
  )

  test('an operation on what it speaks of', () => {
    expectKept(
      addField('Post', 'a', integer()),
      addField(
        'Post',
        'double',
        generated({ expression: F('a').add(F('a')), outputField: integer(), dbPersist: true }),
      ),
      renameField('Post', 'a', 'b'),
    )
    expectKept(
      addField('Post', 'a', name()),
      addIndex('Post', { name: 'i', expressions: [Lower('a')] }),
      alterField('Post', 'a', text()),
    )
    expectKept(
      addField('Post', 'author', to('blog.Author')),
      addConstraint('Post', { type: 'unique', name: 'u', fields: ['authorId'] } as never),
      renameField('Post', 'author', 'writer'),
    )
    expectKept(
      renameModel('Author', 'Person'),
      addField('Post', 'a', to('blog.Person')),
      renameModel('Person', 'Human'),
    )
  })

  test('one that gives the database the name free that is wanted', () => {
    const index = { name: 'i', fields: ['id'] }
    expectFolded(
      [post(), removeIndex('Tag', 'i'), addIndex('Post', index)],
      [removeIndex('Tag', 'i'), createModel('Post', { id: id() }, { indexes: [index] })],
    )
    expectFolded(
      [post(), alterModelTable('Tag', 'other'), alterModelTable('Post', 'tags')],
      [alterModelTable('Tag', 'other'), createModel('Post', { id: id() }, { table: 'tags' })],
    )
  })

  test('one that lets go of it without saying so', () => {
    const ofB = () => generated({ expression: F('b').add(1), outputField: integer(), dbPersist: true })
    expectFolded(
      [alterField('Post', 'a', text()), alterField('Post', 'c', ofB()), removeField('Post', 'a')],
      [alterField('Post', 'c', ofB()), removeField('Post', 'a')],
    )
    expectFolded(
      [addField('Post', 'a', name()), removeField('Post', 'tag'), deleteModel('Tag'), deleteModel('Post')],
      [removeField('Post', 'tag'), deleteModel('Tag'), deleteModel('Post')],
    )
  })
})
