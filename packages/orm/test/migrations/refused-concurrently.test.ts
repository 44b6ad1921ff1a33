import { expect, test } from 'vitest'
import { manyToMany } from '../../src/index.ts'
import { addConstraintConcurrently, addFieldConcurrently } from '../../src/migrations/index.ts'

test('a many-to-many is added as it is: its table is new', () => {
  expect(() => addFieldConcurrently('Post', 'tags', manyToMany('blog.Tag'))).toThrow(
    "addFieldConcurrently got the many-to-many 'tags' of Post, whose table is new: nobody has to wait. Use addField.",
  )
})

test('an exclusion cannot be added while others write', () => {
  const constraint = { type: 'exclude', name: 'apart', expressions: [['size', '=']] } as const
  expect(() => addConstraintConcurrently('Post', constraint)).toThrow(
    "addConstraintConcurrently got the exclusion 'apart' of Post",
  )
})
