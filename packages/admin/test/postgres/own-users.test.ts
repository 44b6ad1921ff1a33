import { inject } from 'vitest'
import { ownUsersOn } from '../own-users/behaviour.ts'
import { projectOn } from '../own-users/project.ts'

// Who provides it is the set-up of the ORM's tests.
const server = inject('postgres' as never) as { url: string } | { absent: string }
const url = 'absent' in server ? 'postgres://none' : server.url
const settings = projectOn(Object.assign(new URL(url), { pathname: `own users ${process.pid}` }).href)

ownUsersOn(() => settings, 'absent' in server ? server.absent : undefined)
