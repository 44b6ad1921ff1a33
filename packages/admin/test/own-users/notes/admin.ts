import { admin } from '../../../src/index.ts'
import { Note } from './models.ts'

admin.register(Note, { listDisplay: ['title', 'author'], searchFields: ['author__email'], listFilter: ['author'] })
