import { mkdir } from 'node:fs/promises'
import { ServedSite, states } from './served-site.ts'

// To look at the pages: pnpm exec node packages/twofactor/test/browser/screenshots.ts folder [name …]
const [folder = 'screenshots', ...names] = process.argv.slice(2)
await mkdir(folder, { recursive: true })
await using site = await ServedSite.start()
for (const [name, bring] of Object.entries(states)) {
  if (names.length > 0 && !names.includes(name)) continue
  await using watched = await site.open()
  await bring(watched.page)
  for (const [width, viewport] of [
    ['1280', { width: 1280, height: 800 }],
    ['390', { width: 390, height: 844 }],
  ] as const) {
    await watched.page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      await watched.page.emulateMedia({ colorScheme })
      await watched.page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true })
    }
  }
}
