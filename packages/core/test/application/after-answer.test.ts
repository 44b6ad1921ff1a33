import { setImmediate } from 'node:timers/promises'
import { ContextVariable } from '@nuages/foundation'
import { expect, test } from 'vitest'
import { afterAnswer, afterAnswers, setup } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

await setup(projectSettings())

test('is done in a later turn, in the context of the caller, each for itself', async () => {
  const done: string[] = []
  const name = new ContextVariable<string>({ name: 'test.name' })
  name.run('ann', () => {
    afterAnswer(async () => {
      await setImmediate()
      done.push(`${name.get()} slowly`)
      // What is left by what was left is waited for as well.
      afterAnswer(() => void done.push('last'))
    })
    afterAnswer(() => {
      done.push('at once')
      throw new Error('on purpose')
    })
  })
  done.push('answer')
  await Promise.resolve()
  expect(done).toEqual(['answer'])
  await afterAnswers()
  expect(done).toEqual(['answer', 'at once', 'ann slowly', 'last'])
  await afterAnswers()
})
