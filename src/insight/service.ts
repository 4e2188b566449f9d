/**
 * What people call the service an event came from: its source without AWS's domain.
 * @example
 * serviceOf('ec2.amazonaws.com') // => 'ec2'
 */
export function serviceOf(eventSource: string): string {
  return eventSource.replace(/\.amazonaws\.com$/, '')
}
