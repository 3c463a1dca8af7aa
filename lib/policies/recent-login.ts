/** Whether a login lies at most so long back, in milliseconds. `latest`: the latest that it can be now, so that none passes for younger. */
export function isRecentLogin(authenticatedAt: number, within: number, latest: number): boolean {
  return latest - authenticatedAt <= within;
}
