/** A client that is no browser in a person's hands. */
export interface Program {
  /** `bot`: it comes by itself, to read or to watch. `api`: what somebody's program makes its requests with. */
  readonly type: 'bot' | 'api';
  readonly name: string;
  readonly version: string | null;
}

/** By the product in the user agent, in lower case. */
const libraries: Readonly<Record<string, string>> = {
  aiohttp: 'aiohttp',
  'apache-httpclient': 'Apache-HttpClient',
  axios: 'axios',
  bun: 'Bun',
  curl: 'curl',
  dart: 'Dart',
  deno: 'Deno',
  faraday: 'Faraday',
  'go-http-client': 'Go-http-client',
  got: 'got',
  grpc: 'gRPC',
  guzzlehttp: 'Guzzle',
  httpie: 'HTTPie',
  insomnia: 'Insomnia',
  java: 'Java',
  'java-http-client': 'Java',
  'jakarta-commons-httpclient': 'Apache-HttpClient',
  ktor: 'Ktor',
  'ktor-client': 'Ktor',
  'libwww-perl': 'libwww-perl',
  node: 'Node.js',
  'node-fetch': 'node-fetch',
  'node-superagent': 'SuperAgent',
  okhttp: 'OkHttp',
  php: 'PHP',
  postmanruntime: 'Postman',
  powershell: 'PowerShell',
  'python-httpx': 'HTTPX',
  'python-requests': 'Requests',
  'python-urllib': 'urllib',
  'python-urllib3': 'urllib3',
  reqwest: 'reqwest',
  restsharp: 'RestSharp',
  ruby: 'Ruby',
  undici: 'undici',
  wget: 'Wget',
};

const botWords = /bot(?![a-z0-9_])|crawler|spider/i;
// They visit by themselves, and their names do not say so.
const botNames = [
  ...['APIs-Google', 'Chrome-Lighthouse', 'Google-InspectionTool', 'GoogleOther', 'Headless', 'ia_archiver'],
  ...[
    'Mediapartners-Google',
    'Pingdom',
    'Yahoo! Slurp',
    'ChatGPT-User',
    'Meta-ExternalAgent',
    'facebookexternalhit',
  ],
];
const botName = new RegExp(botNames.join('|'), 'i');
// A maker of telephones.
const cubot = /\bcubot\b/i;
const nameCharacter = /[\w.-]/;

/** What program a user agent names; undefined for one that is a browser's or an app's. In linear time. */
export function readProgram(userAgent: string): Program | undefined {
  return readLibrary(userAgent) ?? readBot(userAgent);
}

/** The library that an app names behind itself: `MyApp/3.2 okhttp/4.12`. */
export function readInnerLibrary(userAgent: string): Program | undefined {
  for (const word of userAgent.split(/[\s;,()]/)) {
    const found = word.includes('/') ? libraryOf(word) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Where the user agent begins with it, there is nothing else to tell; some, such as `node`, say no more. */
function readLibrary(userAgent: string): Program | undefined {
  const end = userAgent.search(/[\s;,()]/);
  const first = end === -1 ? userAgent : userAgent.slice(0, end);
  // `Python/3.12 aiohttp/3.9`: the second tells more.
  return /^python\/\d/i.test(first) ? readInnerLibrary(userAgent) : libraryOf(first);
}

function libraryOf(word: string): Program | undefined {
  const slash = word.indexOf('/');
  const product = (slash === -1 ? word : word.slice(0, slash)).toLowerCase();
  if (!Object.hasOwn(libraries, product)) return undefined;
  return { type: 'api', name: libraries[product]!, version: slash === -1 ? null : versionAt(word, slash) };
}

function readBot(userAgent: string): Program | undefined {
  const named = botName.exec(userAgent);
  const found = named ?? botWords.exec(cubot.test(userAgent) ? '' : userAgent);
  if (!found) return undefined;
  const compatible = /\(compatible; ([\w.-]{1,64})/.exec(userAgent);
  if (compatible) {
    const end = compatible.index + compatible[0].length;
    return { type: 'bot', name: compatible[1]!, version: versionAt(userAgent, end) };
  }
  let [start, end] = [found.index, found.index + found[0].length];
  // Both ends of the word, character by character: a pattern that looks for them takes the square of the length.
  while (start > 0 && nameCharacter.test(userAgent[start - 1]!)) start--;
  while (end < userAgent.length && nameCharacter.test(userAgent[end]!)) end++;
  return { type: 'bot', name: userAgent.slice(start, end), version: versionAt(userAgent, end) };
}

/** What stands behind the slash there, where it is a version. */
function versionAt(text: string, slash: number): string | null {
  return /^\/v?(\d[\w.-]{0,31})/.exec(text.slice(slash, slash + 40))?.[1] ?? null;
}
