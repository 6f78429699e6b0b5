/** Whether an `Accept-Encoding` names gzip and does not refuse it. */
export const acceptsGzip = (accepted: string | null | undefined): boolean =>
  (accepted ?? '').split(',').some((one) => {
    const [coding = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase())
    return coding === 'gzip' && !parameters.some((parameter) => /^q\s*=\s*0(\.0*)?$/.test(parameter))
  })
