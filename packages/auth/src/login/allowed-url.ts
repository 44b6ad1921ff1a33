export { type AllowedUrlOptions, urlHasAllowedHostAndScheme } from '@nuages/http'
