/** @type {Readonly<Record<string, (version: string) => string>>} */
const systems = {
  windows: () => 'Windows NT 10.0; Win64; x64',
  mac: () => 'Macintosh; Intel Mac OS X 10_15_7',
  linux: () => 'X11; Linux x86_64',
  android: () => 'Linux; Android 10; K',
  iphone: (version) => `iPhone; CPU iPhone OS ${version.replaceAll('.', '_')} like Mac OS X`,
  ipad: (version) => `iPad; CPU OS ${version.replaceAll('.', '_')} like Mac OS X`,
};

/**
 * The User-Agent of `chrome 126 on windows 10`, as that browser sends it. `script` is one.
 *
 * @param {string} text
 * @returns {string}
 */
export function userAgentOf(text) {
  if (text === 'script') return 'python-requests/2.32.3';
  const [, browser = '', version = '', name = '', systemVersion = ''] =
    /^(\w+) ([\d.]+) on (\w+)(?: ([\d.]+))?$/.exec(text) ?? [];
  const system = systems[name]?.(systemVersion);
  if (system === undefined) throw new Error(`No device: ${text}`);
  const mobile = name === 'android' ? ' Mobile' : '';
  const chrome = `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0${mobile} Safari/537.36`;
  switch (browser) {
    case 'chrome':
      return chrome;
    case 'edge':
      return `${chrome} Edg/${version}.0.0.0`;
    case 'firefox':
      return `Mozilla/5.0 (${system}; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`;
    case 'safari': {
      const onPhone = name === 'mac' ? '' : ' Mobile/15E148';
      return `Mozilla/5.0 (${system}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version}${onPhone} Safari/604.1`;
    }
    default:
      throw new Error(`No browser: ${text}`);
  }
}
