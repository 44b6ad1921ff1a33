import { mkdir } from 'node:fs/promises'
import { ServedPages } from './served-pages.ts'
import { states } from './states.ts'

// To look at the pages: pnpm exec node packages/auth/test/browser/screenshots.ts folder [name …]
const [folder = 'screenshots', ...names] = process.argv.slice(2)
await mkdir(folder, { recursive: true })
await using site = await ServedPages.start()
for (const [width, viewport] of [
  ['1280', { width: 1280, height: 800 }],
  ['390', { width: 390, height: 844 }],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await site.reset()
    for (const [name, bring] of Object.entries(states)) {
      if (names.length > 0 && !names.includes(name)) continue
      await using watched = await site.open({ viewport, colorScheme })
      await bring(watched.page)
      await watched.page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png` })
    }
  }
}
