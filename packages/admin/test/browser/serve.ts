import { ServedAdmin } from './served-admin.ts'

// To look at it by hand: node packages/admin/test/browser/serve.ts
const admin = await ServedAdmin.start(Number(process.env.PORT ?? 8010))
console.log(admin.address('/admin/'), '– sign in as root or reader, password weather-or-not-7')
