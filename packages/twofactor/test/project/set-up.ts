import { setup } from '@nuages/core'
import settings from './settings.ts'

await setup(settings)
