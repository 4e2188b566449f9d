/**
 * What `optionsFrom` reads from the command line. Where help is asked for, it is printed and the process ends with 0;
 * where the arguments are wrong, what is wrong and the help go to stderr and it ends with 2.
 */
export function optionsOrUsage<T>(
  optionsFrom: (args: readonly string[]) => T,
  usage: string,
  args: readonly string[] = process.argv.slice(2),
): T {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(usage)
    process.exit(0)
  }
  try {
    return optionsFrom(args)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage}`)
    process.exit(2)
  }
}

/** A whole number above 0 that an option was given. Throws what is wrong with it. */
export function wholeNumber(option: string, text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`${option} takes whole numbers above 0, not ${text}`)
  return number
}
