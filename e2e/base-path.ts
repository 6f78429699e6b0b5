/** Under which the journey under a path has a console, of a build of its own. */
export const BASE_PATH = '/ops/switchyard'
