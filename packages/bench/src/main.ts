/** `pnpm bench [http|urls|admin] [--rounds N] [--seconds N]`: prints each table as ratios to a peer of the same run. */
import { parseArgs } from 'node:util'
import { adminBench } from './admin/admin-bench.ts'
import { httpBench, peers } from './http/http-bench.ts'
import { urlsBench } from './urls.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '3' } },
})
const wanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name)

if (wanted('urls')) {
  console.log('\nURL resolution: time relative to a URLconf of 10 routes')
  console.table(await urlsBench())
}
if (wanted('http')) {
  const results = await httpBench({ rounds: Number(values.rounds), seconds: Number(values.seconds) })
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
  const figures = await adminBench({ rounds: Number(values.rounds) })
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
