/** `pnpm bench [types|urls|orm|http|admin|migrations] [--rounds N] …`: prints each table as ratios to a peer of the same run. */
import { parseArgs } from 'node:util'
import { adminBench } from './admin/admin-bench.ts'
import { httpBench, peers } from './http/http-bench.ts'
import { migrationsBench } from './migrations/migrations-bench.ts'
import { printOrmBench } from './orm/print-orm-bench.ts'
import { printTypeBudget } from './types/print-type-budget.ts'
import { urlsBench } from './urls.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    seconds: { type: 'string', default: '3' },
    /** Of `orm`: tasks or contenders, by a part of their name. */
    only: { type: 'string', multiple: true, default: [] },
    quick: { type: 'boolean', default: false },
    /** Of `orm`: counts processor time, for a machine that is busy with other things. */
    cpu: { type: 'boolean', default: false },
  },
})
const wanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name)
const rounds = Number(values.rounds ?? 5)

if (wanted('types')) await printTypeBudget()
if (wanted('urls')) {
  console.log('\nURL resolution: time relative to a URLconf of 10 routes')
  console.table(await urlsBench())
}
if (wanted('orm')) {
  await printOrmBench({
    rounds: Number(values.rounds ?? (values.quick ? 3 : 9)),
    quick: values.quick,
    clock: values.cpu ? 'cpu' : 'wall',
    only: values.only,
  })
}
if (wanted('http')) {
  const results = await httpBench({ rounds, seconds: Number(values.seconds) })
  console.log('\nHTTP: requests a second as a ratio to node:http and prepared statements by hand (1.00)')
  console.table(
    Object.fromEntries(
      results.map(({ task, raw, ratios }) => [
        task,
        {
          ...Object.fromEntries(peers.map((peer) => [peer, Number(ratios[peer].toFixed(2))])),
          'raw, requests/s': Math.round(raw),
        },
      ]),
    ),
  )
}
if (wanted('admin')) {
  const figures = await adminBench({ rounds })
  console.log('\nAdmin: time over 1,000,000 rows relative to the same page over 1,000')
  console.table(
    Object.fromEntries(
      figures.map(({ page, ratio, small, queries }) => [
        page,
        { ratio: Number(ratio.toFixed(2)), 'over 1,000, ms': Number(small.toFixed(1)), queries },
      ]),
    ),
  )
}
if (wanted('migrations')) {
  const figures = migrationsBench({ rounds })
  console.log('\nMigrations: speed of a command over 300 migrations as a ratio to that of Django')
  console.table(
    Object.fromEntries(
      figures.map(({ task, ratio, nuages, django }) => [
        task,
        { ratio: Number(ratio.toFixed(2)), 'nuages, ms': Math.round(nuages), 'django, ms': Math.round(django) },
      ]),
    ),
  )
}
