import { expect, test } from 'vitest'
import { char, integer } from '../../src/index.ts'
import { addField, addFieldConcurrently, alterField, createModel } from '../../src/migrations/index.ts'
import type { Operation } from '../../src/migrations/operations/operation.ts'
import { ProjectState } from '../../src/migrations/state/project-state.ts'

const post = createModel('Post', { title: char({ maxLength: 20 }) }).applyTo(new ProjectState(), 'blog')

test.each<[string, () => Operation, string]>([
  [
    'a factory that is not called',
    () => addField('Post', 'size', integer),
    'blog.Post.size is a field, and the migration has the function integer there: call it, integer(…).',
  ],
  [
    'an object',
    () => alterField('Post', 'title', {}),
    'blog.Post.title is a field, and the migration has a value of type object',
  ],
  [
    'a number',
    () => createModel('Tag', { name: 3 as never }),
    'blog.Tag.name is a field, and the migration has a value of type number',
  ],
  [
    'beside the traffic',
    () => addFieldConcurrently('Post', 'size', integer),
    'blog.Post.size is a field, and the migration has the function',
  ],
])('where a field is to stand, %s is told as what it is', (_, operation, message) => {
  expect(() => operation().applyTo(post, 'blog')).toThrow(message)
})
