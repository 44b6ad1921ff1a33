import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ContextVariable } from '../src/index.ts'

test('has its default outside of run, and undefined without one', () => {
  expect(new ContextVariable<string>({ name: 'a' }).get()).toBeUndefined()
  expect(new ContextVariable({ name: 'a', defaultValue: 'x' }).get()).toBe('x')
})

test('two flows at once each see their own value, across awaits', async () => {
  const user = new ContextVariable<string>({ name: 'user' })
  const flow = (name: string): Promise<string | undefined> =>
    user.run(name, async () => {
      await sleep(Math.random() * 5)
      await Promise.resolve()
      return user.get()
    })
  const names = Array.from({ length: 20 }, (_, index) => `user ${index}`)
  expect(await Promise.all(names.map(flow))).toEqual(names)
  expect(user.get()).toBeUndefined()
})

test('variables do not hide each other, and the innermost run wins', () => {
  const a = new ContextVariable<number>({ name: 'a' })
  const b = new ContextVariable<number>({ name: 'b' })
  a.run(1, () =>
    b.run(2, () => {
      expect([a.get(), b.get()]).toEqual([1, 2])
      a.run(3, () => expect([a.get(), b.get()]).toEqual([3, 2]))
      expect(a.get()).toBe(1)
    }),
  )
})

test('undefined is a value like any other', () => {
  const variable = new ContextVariable<string | undefined>({ name: 'a', defaultValue: 'default' })
  expect(variable.run(undefined, () => variable.get())).toBeUndefined()
})
