import { describe, expect, test } from 'vitest'
import { type BuiltGraph, buildGraph, type GraphOptions } from '../../src/migrations/build-graph.ts'
import { type MigrationTarget, makePlan } from '../../src/migrations/execution/plan.ts'
import { keyOf, type Migration, type MigrationKey, newMigration } from '../../src/migrations/migration.ts'

interface Described {
  readonly needs?: string
  readonly before?: string
  readonly replaces?: string
}

const keys = (text = ''): MigrationKey[] =>
  text
    .split(' ')
    .filter((key) => key !== '')
    .map((key) => ({ app: key.split('.')[0]!, name: key.split('.')[1]! }))

/** Migrations by key: what they need, run before or replace, as keys with spaces between. */
function files(described: Readonly<Record<string, Described>>): Migration[] {
  return Object.entries(described).map(([key, { needs, before, replaces }]) =>
    newMigration({
      ...keys(key)[0]!,
      operations: [],
      dependencies: keys(needs),
      runBefore: keys(before),
      replaces: keys(replaces),
    }),
  )
}

function build(described: Readonly<Record<string, Described>>, options: Partial<GraphOptions> = {}): BuiltGraph {
  return buildGraph(files(described), { apps: ['a', 'b', 'c'], ...options })
}

const order = ({ graph }: BuiltGraph) => graph.order.map(keyOf).join(' ')

function plan({ graph, applied }: BuiltGraph, target: MigrationTarget = {}, unfinished: string[] = []): string {
  const steps = makePlan(graph, { applied, unfinished: new Set(unfinished) }, target)
  return steps.map(({ migration, direction }) => `${direction === 'forwards' ? '+' : '-'}${keyOf(migration)}`).join(' ')
}

describe('the order', () => {
  test('is that of the apps and files, as far as what they need lets it be', () => {
    expect(order(build({ 'a.1': { needs: 'b.1' }, 'a.2': { needs: 'a.1' }, 'b.1': {}, 'b.2': { needs: 'b.1' } }))).toBe(
      'b.1 a.1 a.2 b.2',
    )
  })

  test('a diamond has each once', () => {
    const graph = { 'a.1': {}, 'a.2': { needs: 'a.1' }, 'b.1': { needs: 'a.1' }, 'c.1': { needs: 'a.2 b.1' } }
    expect(order(build(graph))).toBe('a.1 a.2 b.1 c.1')
  })

  test('runBefore is a dependency that the other one does not write down', () => {
    expect(order(build({ 'a.1': {}, 'b.1': { before: 'a.1' } }))).toBe('b.1 a.1')
  })

  test('__first__ and __latest__ are the ends of another app', () => {
    const two = { 'b.1': {}, 'b.2': { needs: 'b.1' } }
    expect(order(build({ 'a.1': { needs: 'b.__first__' }, ...two }))).toBe('b.1 a.1 b.2')
    expect(order(build({ 'a.1': { needs: 'b.__latest__' }, ...two }))).toBe('b.1 b.2 a.1')
    expect(order(build({ 'a.1': {}, 'b.1': { before: 'a.__first__' } }))).toBe('b.1 a.1')
  })

  test('__first__ of its own app is nothing', () => {
    expect(order(build({ 'a.1': {}, 'a.2': { needs: 'a.__first__ a.1' } }))).toBe('a.1 a.2')
  })

  test('__first__ of an app without migrations is nothing while they are made, and an error when they run', () => {
    const described = { 'a.1': { needs: 'b.__first__' } }
    expect(order(build(described))).toBe('a.1')
    expect(() => build(described, { strict: true })).toThrow("a.1 names the first migration of 'b', which has none.")
  })

  test('a chain of ten thousand is no problem', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, n) => [`a.${n}`, { needs: n === 0 ? '' : `a.${n - 1}` }]),
    )
    const { graph } = build(chain)
    expect(graph.order).toHaveLength(10_000)
    expect(graph.descendants([{ app: 'a', name: '5000' }])).toHaveLength(5000)
  })
})

describe('files that do not fit', () => {
  test.each<[string, Record<string, Described>, string | RegExp]>([
    ['a missing dependency', { 'a.1': { needs: 'a.0' } }, 'a.1 needs a.0, which is not there.'],
    [
      'one of an app that is not installed',
      { 'a.1': { needs: 'x.1' } },
      "a.1 needs x.1, but 'x' is no app of the project.",
    ],
    [
      '__first__ of no app',
      { 'a.1': { needs: 'x.__first__' } },
      "a.1 names the first migration of 'x', which is no app",
    ],
    [
      'runBefore of a missing one',
      { 'a.1': { before: 'b.7' }, 'b.1': {} },
      'a.1 says that it runs before b.7, which is not there.',
    ],
    ['one that needs itself', { 'a.1': { needs: 'a.1' } }, 'Migrations need each other: a.1 → a.1.'],
    [
      'a circle',
      { 'a.1': { needs: 'a.3' }, 'a.2': { needs: 'a.1' }, 'a.3': { needs: 'a.2' } },
      'a.1 → a.3 → a.2 → a.1',
    ],
    ['a circle of two apps', { 'a.1': { needs: 'b.1' }, 'b.1': { needs: 'a.1' } }, 'a.1 → b.1 → a.1'],
    ['a circle by runBefore', { 'a.1': { before: 'b.1', needs: 'b.1' }, 'b.1': {} }, 'a.1 → b.1 → a.1'],
    [
      'a circle behind others',
      { 'a.0': {}, 'a.1': { needs: 'a.0 b.1' }, 'b.1': { needs: 'b.2' }, 'b.2': { needs: 'b.1' } },
      /: b.1 → b.2 → b.1\./,
    ],
    [
      'squashes of each other',
      { 'a.1': { replaces: 'a.2' }, 'a.2': { replaces: 'a.1' } },
      'Migrations replace each other: a.1 → a.2 → a.1.',
    ],
  ])('%s', (_, described, message) => {
    expect(() => build(described)).toThrow(message)
  })

  test('two ends are an error on the way there, which names the way out, and none on the way back', () => {
    const described = { 'a.1': {}, 'a.2_x': { needs: 'a.1' }, 'a.2_y': { needs: 'a.1' }, 'b.1': {} }
    const built = build(described)
    const message = /migrations of 'a' have 2 ends: 2_x, 2_y\..*makemigrations --merge/
    expect(() => plan(built)).toThrow(message)
    expect(() => plan(built, { app: 'a' })).toThrow(message)
    expect(() => plan(built, { app: 'a', name: '2_x' })).toThrow(message)
    expect(plan(build(described, { applied: ['a.1', 'a.2_x', 'a.2_y'] }), { app: 'a', name: 'zero' })).toBe(
      '-a.2_y -a.2_x -a.1',
    )
    expect(plan(built, { app: 'b' })).toBe('+b.1')
  })

  test('two of one number in a row are no ends', () => {
    expect(plan(build({ 'a.1': {}, 'a.2_x': { needs: 'a.1' }, 'a.2_y': { needs: 'a.2_x' } }))).toBe(
      '+a.1 +a.2_x +a.2_y',
    )
  })
})

describe('a plan', () => {
  const two = { 'a.1': {}, 'a.2': { needs: 'a.1' }, 'b.1': { needs: 'a.1' }, 'b.2': { needs: 'b.1 a.2' } }
  const all = ['a.1', 'a.2', 'b.1', 'b.2']

  test.each<[string, readonly string[], MigrationTarget, string]>([
    ['everything', [], {}, '+a.1 +a.2 +b.1 +b.2'],
    ['the rest', ['a.1', 'a.2'], {}, '+b.1 +b.2'],
    ['nothing is left', all, {}, ''],
    ['one app, with what it needs', [], { app: 'b' }, '+a.1 +a.2 +b.1 +b.2'],
    ['one app, without what it does not need', [], { app: 'a' }, '+a.1 +a.2'],
    ['one migration', [], { app: 'b', name: '1' }, '+a.1 +b.1'],
    ['back to the last one: nothing', all, { app: 'b', name: '2' }, ''],
    ['back one', all, { app: 'b', name: '1' }, '-b.2'],
    ['back one, with what needs it', all, { app: 'a', name: '1' }, '-b.2 -a.2'],
    ['zero takes what needs it along', all, { app: 'a', name: 'zero' }, '-b.2 -b.1 -a.2 -a.1'],
    ['zero of what others do not need', all, { app: 'b', name: 'zero' }, '-b.2 -b.1'],
    ['zero of nothing', [], { app: 'a', name: 'zero' }, ''],
    ['zero of an app without migrations', all, { app: 'c', name: 'zero' }, ''],
    ['an app without migrations', all, { app: 'c' }, ''],
  ])('%s', (_, applied, target, expected) => {
    expect(plan(build(two, { applied }), target)).toBe(expected)
  })

  test('an app that is alone stays when another goes', () => {
    const alone = { 'a.1': {}, 'b.1': {}, 'c.1': { needs: 'b.1' } }
    expect(plan(build(alone, { applied: ['a.1', 'b.1', 'c.1'] }), { app: 'b', name: 'zero' })).toBe('-c.1 -b.1')
  })

  test('one that was stopped is finished forwards, and taken back backwards', () => {
    expect(plan(build(two, { applied: ['a.1'] }), {}, ['a.2'])).toBe('+a.2 +b.1 +b.2')
    expect(plan(build(two, { applied: ['a.1'] }), { app: 'a', name: '1' }, ['a.2'])).toBe('-a.2')
    // It was stopped on its way back: the record still has it.
    expect(plan(build(two, { applied: all }), {}, ['b.2'])).toBe('+b.2')
    expect(plan(build(two, { applied: all }), { app: 'b', name: '1' }, ['b.2'])).toBe('-b.2')
    expect(plan(build(two, { applied: all }), { app: 'b', name: '2' }, ['b.2'])).toBe('+b.2')
  })

  test('a record that has one without what it needs is refused', () => {
    expect(() => plan(build(two, { applied: ['a.1', 'b.1', 'b.2'] }))).toThrow(
      'has run b.2, but not a.2, which it needs',
    )
  })

  test('a record of files that are gone is passed over', () => {
    expect(plan(build(two, { applied: [...all, 'a.3', 'z.1'] }))).toBe('')
  })
})

describe('a squashed migration', () => {
  const originals = { 'a.1': {}, 'a.2': { needs: 'a.1' }, 'a.3': { needs: 'a.2' } }
  const squashed = { 'a.1_s': { replaces: 'a.1 a.2 a.3' } }
  const around = { 'a.4': { needs: 'a.3' }, 'b.1': { needs: 'a.2' } }
  const whole = { ...originals, ...squashed, ...around }

  test('stands in where nothing ran, and those that needed an original need it', () => {
    const built = build(whole)
    expect(order(built)).toBe('a.1_s a.4 b.1')
    expect(built.graph.needs({ app: 'b', name: '1' }).map(keyOf)).toEqual(['a.1_s'])
    expect(built.graph.recordKeys(built.graph.find('a', '1_s')).map(keyOf)).toEqual(['a.1', 'a.2', 'a.3', 'a.1_s'])
  })

  test('stands in, and counts as applied, where all of it ran', () => {
    const built = build(whole, { applied: ['a.1', 'a.2', 'a.3'] })
    expect(order(built)).toBe('a.1_s a.4 b.1')
    expect(plan(built)).toBe('+a.4 +b.1')
  })

  test('stands back where a part ran', () => {
    const built = build({ ...whole, 'c.1': { needs: 'a.1_s' } }, { applied: ['a.1'] })
    expect(order(built)).toBe('a.1 a.2 a.3 a.4 b.1 c.1')
    expect(built.graph.needs({ app: 'c', name: '1' }).map(keyOf)).toEqual(['a.3'])
    expect(plan(built)).toBe('+a.2 +a.3 +a.4 +b.1 +c.1')
  })

  test('does not count as applied where its own record is all there is', () => {
    expect(plan(build(whole, { applied: ['a.1_s'] }))).toBe('+a.1_s +a.4 +b.1')
  })

  test('does without the files of its originals, whoever still names them', () => {
    const rest = { ...squashed, ...around }
    expect(order(build(rest))).toBe('a.1_s a.4 b.1')
    expect(plan(build(rest, { applied: ['a.1', 'a.2', 'a.3'] }))).toBe('+a.4 +b.1')
  })

  test('says what to do where a part ran and the files of the rest are gone', () => {
    expect(() => build({ ...squashed, 'a.1': {} }, { applied: ['a.1'] })).toThrow(
      /a\.1_s stands for 3 migrations, of which the database has run 1 \(a\.1\).*gone: a\.2, a\.3\. Put them back/,
    )
  })

  test('takes over what its originals need, of other apps too, and what must come after them', () => {
    const built = build({
      'b.1': {},
      'a.1': { needs: 'b.1' },
      'a.2': { needs: 'a.1', before: 'c.1' },
      'a.1_s': { replaces: 'a.1 a.2' },
      'c.1': {},
    })
    expect(order(built)).toBe('b.1 a.1_s c.1')
  })

  test('is what __first__ and __latest__ mean where it stands', () => {
    const ends = { ...originals, ...squashed, 'b.1': { needs: 'a.__first__' }, 'c.1': { needs: 'a.__latest__' } }
    expect(build(ends).graph.needs({ app: 'b', name: '1' }).map(keyOf)).toEqual(['a.1_s'])
    const partly = build(ends, { applied: ['a.1'] }).graph
    expect(partly.needs({ app: 'b', name: '1' }).map(keyOf)).toEqual(['a.1'])
    expect(partly.needs({ app: 'c', name: '1' }).map(keyOf)).toEqual(['a.3'])
  })

  test('of the middle leaves the ends be', () => {
    const middle = { ...originals, 'a.2_s': { needs: 'a.1', replaces: 'a.2 a.3' }, 'a.4': { needs: 'a.3' } }
    expect(order(build(middle))).toBe('a.1 a.2_s a.4')
    expect(plan(build(middle, { applied: ['a.1'] }))).toBe('+a.2_s +a.4')
    expect(plan(build(middle, { applied: ['a.1', 'a.2'] }))).toBe('+a.3 +a.4')
  })

  test('of two apps that need each other’s', () => {
    const built = build({
      'a.1': {},
      'b.1': { needs: 'a.1' },
      'a.2': { needs: 'a.1' },
      'b.2': { needs: 'b.1' },
      'a.1_s': { replaces: 'a.1 a.2' },
      'b.1_s': { replaces: 'b.1 b.2', needs: 'a.1' },
    })
    expect(order(built)).toBe('a.1_s b.1_s')
  })

  test('a name that it stands for is told apart from one that is unknown', () => {
    expect(() => plan(build(whole), { app: 'a', name: '2' })).toThrow(
      'a.2 is part of a.1_s, which was squashed from it',
    )
    expect(() => plan(build(whole), { app: 'a', name: '9' })).toThrow("'a' has no migration '9'.")
  })

  test('all stand side by side where nothing is to be replaced', () => {
    expect(order(build(whole, { replace: false }))).toBe('a.1 a.2 a.3 a.1_s a.4 b.1')
  })

  test('zero takes back it alone, or the originals that ran', () => {
    expect(plan(build(whole, { applied: ['a.1', 'a.2', 'a.3', 'a.1_s'] }), { app: 'a', name: 'zero' })).toBe('-a.1_s')
    expect(plan(build(whole, { applied: ['a.1', 'a.2'] }), { app: 'a', name: 'zero' })).toBe('-a.2 -a.1')
  })

  describe('that was squashed again', () => {
    const twice = {
      ...originals,
      'a.1_s': { replaces: 'a.1 a.2' },
      'a.1_t': { replaces: 'a.1_s a.3' },
      'a.4': { needs: 'a.3' },
    }

    test.each([
      ['nothing ran', [], 'a.1_t a.4', '+a.1_t +a.4'],
      ['a part of the inner one ran', ['a.1'], 'a.1 a.2 a.3 a.4', '+a.2 +a.3 +a.4'],
      ['the inner one ran', ['a.1', 'a.2', 'a.1_s'], 'a.1_s a.3 a.4', '+a.3 +a.4'],
      ['the inner one ran as its originals', ['a.1', 'a.2'], 'a.1_s a.3 a.4', '+a.3 +a.4'],
      ['all ran', ['a.1', 'a.2', 'a.3'], 'a.1_t a.4', '+a.4'],
    ])('%s', (_, applied, expected, steps) => {
      const built = build(twice, { applied })
      expect(order(built)).toBe(expected)
      expect(plan(built)).toBe(steps)
    })

    test('the inner one and the originals may be gone', () => {
      const rest = { 'a.1_t': twice['a.1_t'], 'a.4': twice['a.4'] }
      expect(plan(build(rest, { applied: ['a.1', 'a.2', 'a.1_s', 'a.3'] }))).toBe('+a.4')
      expect(plan(build(rest))).toBe('+a.1_t +a.4')
    })
  })
})
