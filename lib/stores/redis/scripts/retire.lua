-- Ends one token and not its session.
--
-- KEYS[1]  session
-- Derived  index, audit, outbox, epoch
-- ARGV     1 at, 2 not after, 3 attempt, 4 'access' or 'refresh', 5 digest, 6 audit entry
-- Returns  'late', now | 'missing' | 'retired', audited (1 or 0), record

local late = late_reply(ARGV[2])
if late then return late end

local at, kind, digest = tonumber(ARGV[1]), ARGV[4], ARGV[5]
local r = read(redis.call('GET', KEYS[1]))
if r and r.state == LIVE and was_made(r, ARGV[3]) then
  rewrite(KEYS[1])
  return { 'retired', 1, r.raw }
end
if not is_live(r, at) then return { 'missing' } end

local current = kind == 'access' and r.access_digest or r.refresh_digest
local parent = kind == 'access' and r.parent_access_digest or r.parent_refresh_digest
local is_current, is_parent = digest == current, has(r, HAS_PARENT) and digest == parent
if not is_current and not is_parent then return { 'missing' } end
require_here(KEYS[1], key('i', r.user), key('a', r.user), key('e', r.user))
require_outbox(ARGV[6])

-- It has been presented: no repeat may take it for unused.
if is_current and r.confirmed == 0 then r.confirmed = at end
if kind == 'refresh' then
  r.refresh = math.min(r.refresh, at)
  set_flag(r, REFRESH_REVOKED, true)
elseif is_current then
  r.access = math.min(r.access, at)
  if r.refresh_window == 0 then set_flag(r, REFRESH_REVOKED, true) end
else
  r.parent_access = math.min(r.parent_access, at)
end
remember(r, ARGV[3])

redis.call('PEXPIRE', KEYS[1], ttl(r, at))
save(r, NAME, at)
put_in_index(r, NAME, at)
return { 'retired', write_audit(r.user, ARGV[6], at, r), r.raw }
