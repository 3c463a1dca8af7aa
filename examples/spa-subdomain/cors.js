/** Lets the pages of exactly one origin call this API with cookies. The origin is never taken from the request. */
export function allowOrigin(origin) {
  return function cors(req, res, next) {
    res.vary('Origin');
    if (req.headers.origin !== origin) return next();
    res.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' });
    if (req.method !== 'OPTIONS') return next();
    res.set({
      'Access-Control-Allow-Methods': 'GET, POST, PATCH, DELETE',
      'Access-Control-Allow-Headers': 'Content-Type',
      'Access-Control-Max-Age': '600',
    });
    res.status(204).end();
  };
}
