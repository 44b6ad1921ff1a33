import { ownUsersOn } from './behaviour.ts'
import { projectOn } from './project.ts'

const settings = projectOn('sqlite:never-opened.sqlite3')

ownUsersOn(() => settings)
