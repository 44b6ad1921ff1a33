import { manage } from 'nuages/manage'

await manage({ settings: () => import('./settings.ts'), baseDir: import.meta.dirname })
