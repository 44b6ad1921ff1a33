import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  atomic,
  CASCADE,
  type CollectedDeletion,
  captureQueries,
  char,
  collectDeletion,
  type DeletedRow,
  database,
  foreignKey,
  Model,
  manager,
  manyToMany,
  PROTECT,
  ProtectedError,
  RESTRICT,
  RestrictedError,
  registerModels,
  SET_NULL,
} from '../../src/index.ts'
import { tablesOf } from '../library/use-library.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'

class Club extends Model({
  name: char({ maxLength: 20 }),
  get parent() {
    return foreignKey(Club, { onDelete: CASCADE, null: true })
  },
  get tags() {
    return manyToMany(Label)
  },
}) {
  static objects = manager(Club)
}
class Label extends Model({ name: char({ maxLength: 20 }) }) {
  static objects = manager(Label)
}
class Team extends Model({
  name: char({ maxLength: 20 }),
  get club() {
    return foreignKey(Club, { onDelete: CASCADE })
  },
}) {
  static objects = manager(Team)
}
/** Nobody points to it, and two keys of it cascade. */
class Match extends Model({
  get home() {
    return foreignKey(Team, { onDelete: CASCADE })
  },
  get guest() {
    return foreignKey(Team, { onDelete: CASCADE, null: true })
  },
}) {
  static objects = manager(Match)
}
class Fan extends Model({
  name: char({ maxLength: 20 }),
  get team() {
    return foreignKey(Team, { onDelete: SET_NULL, null: true })
  },
}) {
  static objects = manager(Fan)
}
class Debt extends Model({
  get club() {
    return foreignKey(Club, { onDelete: PROTECT })
  },
}) {
  static objects = manager(Debt)
}
/** Goes with its team, and else keeps its club. */
class Contract extends Model({
  get team() {
    return foreignKey(Team, { onDelete: CASCADE })
  },
  get club() {
    return foreignKey(Club, { onDelete: RESTRICT })
  },
}) {
  static objects = manager(Contract)
}

const metas = registerModels('sport', { Club, Label, Team, Match, Fan, Debt, Contract })
useTemporaryDatabase(() => tablesOf(metas))

function countsOf({ byModel }: CollectedDeletion): Record<string, number> {
  return Object.fromEntries([...byModel].map(([meta, count]) => [meta.label, count]))
}

/** `Club 1 [Team 1 [Match 1]]` */
function shown(rows: readonly DeletedRow[]): string {
  return rows
    .map(({ meta, row, related }) => {
      const below = related.map((group) => shown(group.rows)).join(', ')
      return `${meta.name} ${(row as { id: number }).id}${below === '' ? '' : ` [${below}]`}`
    })
    .join(', ')
}

async function city() {
  const club = await Club.objects.create({ name: 'City' })
  const youth = await Club.objects.create({ name: 'Youth', parent: club })
  const [red, blue] = [
    await Team.objects.create({ name: 'Red', club }),
    await Team.objects.create({ name: 'Blue', club: youth }),
  ]
  await Match.objects.create({ home: red, guest: blue })
  await Match.objects.create({ home: blue })
  await Fan.objects.create({ name: 'Ann', team: red })
  await club.tags.add(await Label.objects.create({ name: 'big' }))
  return { club, youth, red, blue }
}

describe('collectDeletion', () => {
  test('tells what goes, under what it belongs to, each row once; and what changes', async () => {
    const { club } = await city()
    const found = await collectDeletion([club])
    expect(shown(found.nested)).toBe('Club 1 [Club 2 [Team 2 [Match 2]], Team 1 [Match 1]]')
    expect(found.nested[0]!.related.map(({ key }) => `${key.meta.name}.${key.name}`)).toEqual([
      'Club.parent',
      'Team.club',
    ])
    const counts = { 'sport.Club': 2, 'sport.Team': 2, 'sport.Match': 2, 'sport.Club_tags': 1 }
    expect([countsOf(found), found.total, found.unlisted.size]).toEqual([counts, 7, 0])
    expect(found.changed).toMatchObject([{ count: 1, rows: [{ name: 'Ann' }], key: { name: 'team' } }])
    expect([found.protected, found.restricted]).toEqual([[], []])
    expect(await Match.objects.count()).toBe(2)
    expect(await club.delete()).toEqual([7, counts])
  })

  test('takes a queryset, asks it anew, and says where there is nothing', async () => {
    await city()
    const found = await collectDeletion(Team.objects.filter({ name: 'Red' }))
    expect(shown(found.nested)).toBe('Team 1 [Match 1]')
    expect((await collectDeletion(Team.objects.filter({ name: 'none' }))).total).toBe(0)
    expect((await collectDeletion([])).nested).toEqual([])
  })

  test('lists no more than its limit, and counts the rest', async () => {
    const { club, red } = await city()
    await database().script(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
       INSERT INTO sport_match (home_id) SELECT ${red.id} FROM n`,
    )
    const { queries } = await captureQueries(async () => {
      const found = await collectDeletion([club], { limit: 6 })
      expect(shown(found.nested)).toBe('Club 1 [Club 2 [Team 2], Team 1 [Match 1, Match 3]]')
      expect([...found.unlisted].map(([meta, count]) => [meta.name, count])).toEqual([['Match', 20_000]])
      expect(found.byModel.get(Match.meta)).toBe(20_002)
    })
    expect(queries.length).toBeLessThan(25)
  })

  test('takes more rows than a call has room for arguments', async () => {
    const { club, red } = await city()
    await database().script(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
       INSERT INTO sport_team (name, club_id) SELECT 'x', ${club.id} FROM n;
       INSERT INTO sport_fan (name, team_id) SELECT 'x', ${red.id} FROM sport_team;`,
    )
    const found = await collectDeletion([club], { limit: 3 })
    expect([found.byModel.get(Team.meta), found.changed[0]!.count]).toEqual([200_002, 200_003])
    expect((await club.delete())[1]).toMatchObject({ 'sport.Team': 200_002 })
  })

  test('tells the rows that forbid it, as the error of delete does', async () => {
    const { club, red } = await city()
    for (const _ of [1, 2, 3]) await Debt.objects.create({ club })
    const found = await collectDeletion([club], { limit: 2 })
    expect(found.protected).toMatchObject([{ count: 3, rows: [{ id: 1 }, { id: 2 }], key: { name: 'club' } }])
    const error: ProtectedError = await club.delete().then(
      () => null,
      (thrown) => thrown,
    )
    expect(error).toBeInstanceOf(ProtectedError)
    expect(error.message).toBe('Cannot delete: 3 Debts by Debt.club point to it with onDelete PROTECT.')
    expect(error.protectedObjects).toHaveLength(3)
    await Debt.objects.all().delete()

    const other = await Club.objects.create({ name: 'Other' })
    const contract = await Contract.objects.create({ team: red, club: other })
    const refused = await collectDeletion([other])
    expect(refused.restricted).toMatchObject([{ count: 1, rows: [{ id: contract.id }] }])
    await expect(other.delete()).rejects.toThrow(RestrictedError)
    // The contract goes with its team, so it keeps nothing.
    expect((await collectDeletion([other, club])).restricted).toEqual([])
    await Contract.objects.create({ team: red, club })
    expect((await collectDeletion([club])).restricted).toEqual([])
    expect((await club.delete())[1]).toMatchObject({ 'sport.Contract': 2 })
  })
})

test('what collectDeletion counts is what delete() deletes, whatever points where', async () => {
  const index = fc.nat({ max: 5 })
  const data = fc.record({
    parents: fc.array(fc.option(index), { minLength: 3, maxLength: 6 }),
    teams: fc.array(index, { minLength: 1, maxLength: 6 }),
    matches: fc.array(fc.tuple(index, fc.option(index)), { maxLength: 8 }),
    contracts: fc.array(fc.tuple(index, index), { maxLength: 4 }),
    gone: fc.uniqueArray(index, { minLength: 1, maxLength: 3 }),
  })
  await fc.assert(
    fc.asyncProperty(data, async ({ parents, teams, matches, contracts, gone }) => {
      const undone = new Error('undo')
      const run = atomic(async () => {
        const clubs: Club[] = []
        for (const _ of parents) clubs.push(await Club.objects.create({ name: 'c' }))
        const at = <T>(list: readonly T[], place: number): T => list[place % list.length]!
        for (const [place, parent] of parents.entries()) {
          clubs[place]!.parent = parent === null ? null : at(clubs, parent)
          await clubs[place]!.save()
        }
        const made: Team[] = []
        for (const place of teams) made.push(await Team.objects.create({ name: 't', club: at(clubs, place) }))
        for (const [home, guest] of matches) {
          await Match.objects.create({ home: at(made, home), guest: guest === null ? null : at(made, guest) })
        }
        for (const [team, club] of contracts) {
          await Contract.objects.create({ team: at(made, team), club: at(clubs, club) })
        }
        const ids = gone.map((place) => at(clubs, place).id)
        const doomed = Club.objects.filter({ id__in: ids })
        const found = await collectDeletion(doomed)
        const all = await collectDeletion(doomed, { limit: 0 })
        expect(all).toMatchObject({ total: found.total, nested: [] })
        const result = await doomed
          .all()
          .delete()
          .catch((error: unknown) => error)
        if (found.restricted.length > 0) expect(result).toBeInstanceOf(RestrictedError)
        else expect(result).toEqual([found.total, countsOf(found)])
        throw undone
      })
      await expect(run).rejects.toBe(undone)
    }),
    { numRuns: 60 },
  )
})
