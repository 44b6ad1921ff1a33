/** The program that the CGI hosts of the tests run: the application of the case table. */
import { type Application, serveCgi, validator } from '../src/index.ts'
import { casesApplication } from './cases-application.ts'

const application: Application = (environ, startResponse) => {
  // Must not stand before the headers of the response.
  console.log('A stray line.')
  return casesApplication(environ, startResponse)
}
const { SITE_AT: scriptName } = process.env
const isWhole = await serveCgi(validator(application), scriptName === undefined ? {} : { scriptName })
process.exit(isWhole ? 0 : 1)
