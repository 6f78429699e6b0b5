/** The same function, which does not work twice in a row for the same argument. */
export function rememberLast<Argument, Result>(
  make: (argument: Argument) => Result,
): (argument: Argument) => Result {
  let last: { argument: Argument; result: Result } | null = null
  return (argument) => {
    if (last === null || !Object.is(last.argument, argument)) last = { argument, result: make(argument) }
    return last.result
  }
}
