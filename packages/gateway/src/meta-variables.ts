/** The names of RFC 3875 §4.1 that an environ and a CGI program's environment have in common, headers and paths apart. */
export const metaVariables = [
  'QUERY_STRING',
  'REQUEST_URI',
  'CONTENT_TYPE',
  'CONTENT_LENGTH',
  'SERVER_NAME',
  'SERVER_PORT',
  'SERVER_PROTOCOL',
  'REMOTE_ADDR',
  'REMOTE_PORT',
] as const
