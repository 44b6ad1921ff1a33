import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByName } from '../../src/models/by-name.ts'

test('it is a map', () => {
  const step = fc.record({ doing: fc.constantFrom('set', 'delete', 'copy'), name: fc.constantFrom('a', 'b', 'c') })
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const map = new Map<string, number>()
      let byName = new ByName<number>()
      for (const [at, { doing, name }] of steps.entries()) {
        if (doing === 'set') {
          map.set(name, at)
          byName.set(name, at)
        } else if (doing === 'delete') {
          map.delete(name)
          byName.delete(name)
        } else {
          const before = byName
          byName = byName.copy()
          before.set(name, -1)
          before.delete(name === 'a' ? 'b' : 'a')
        }
        for (const each of ['a', 'b', 'c']) {
          expect(byName.get(each)).toBe(map.get(each))
          expect(byName.has(each)).toBe(map.has(each))
        }
      }
    }),
  )
})
