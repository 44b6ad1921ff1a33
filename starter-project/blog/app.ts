import { defineApp } from 'nuages'
import { chrome } from './chrome.ts'
import { varyOnTheme } from './theme.ts'

export const blog = defineApp({
  name: 'blog',
  dir: import.meta.dirname,
  models: () => import('./models.ts'),
  admin: () => import('./admin.ts'),
  commands: () => import('./commands.ts'),
  middleware: [varyOnTheme],
  contextProcessors: [chrome],
})
