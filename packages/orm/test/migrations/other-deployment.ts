/** Another process that migrates the app `shop`: `node other-deployment.ts <URL of the database> <folder of migrations>`. */
import { closeDatabases, configureDatabases } from '../../src/backends/registry.ts'
import { migrate } from '../../src/migrations/index.ts'

const [url, migrationsDir] = process.argv.slice(2)
configureDatabases({ default: url! })
const ran = await migrate({ apps: [{ label: 'shop', models: {}, migrationsDir: migrationsDir! }] })
await closeDatabases()
process.stdout.write(`ran ${ran.length}\n`)
