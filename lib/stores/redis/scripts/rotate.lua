-- Compares and swaps the current pair of tokens.
--
-- KEYS[1]  session
-- Derived  index, epoch, floor
-- ARGV     1 at, 2 not after, 3 family, 4 generation, 5 digest presented, 6 nonce, 7 access digest, 8 refresh digest,
--          9 whether to slide (1 or 0)
-- Returns  'late', now | 'missing' | 'unchanged', record | 'outdated', record, reason | 'rotated', record

local late = late_reply(ARGV[2])
if late then return late end

local at = tonumber(ARGV[1])
local r = read(redis.call('GET', KEYS[1]))
if not r then return { 'missing' } end
if r.state ~= LIVE or r.family ~= ARGV[3] then return { 'unchanged', r.raw } end
-- Recognised by the nonce, which a record keeps for its parent's sake.
if has(r, HAS_PARENT) and r.nonce == ARGV[6] and r.generation == tonumber(ARGV[4]) + 1 then return { 'rotated', r.raw } end
if r.generation ~= tonumber(ARGV[4]) or r.refresh_digest ~= ARGV[5] or has(r, REFRESH_REVOKED)
  or math.min(r.refresh, ends_at(r)) <= at then
  return { 'unchanged', r.raw }
end

require_here(KEYS[1], key('i', r.user))
-- Out of its index a session is out of reach of a revoke-all; the epoch still knows.
local epoch, reason = read_epoch(redis.call('GET', key('e', r.user)))
if r.started <= epoch then return { 'outdated', r.raw, reason } end

r.parent_access_digest, r.parent_access = r.access_digest, math.min(r.access, at + r.grace)
r.parent_refresh_digest, r.nonce = r.refresh_digest, ARGV[6]
set_flag(r, HAS_PARENT, true)
r.access_digest, r.refresh_digest = ARGV[7], ARGV[8]
r.generation, r.repeats, r.rotated, r.confirmed = r.generation + 1, 0, at, 0
r.access = math.min(at + r.access_window, r.absolute)
if ARGV[9] == '1' then
  r.refresh = math.min(at + r.refresh_window, r.absolute)
  r.seen = math.max(r.seen, at)
end

-- A write that takes no memory comes first: after it Redis lets the rest pass, even when it is out of memory.
redis.call('PEXPIRE', KEYS[1], ttl(r, at))
save(r, NAME, at)
put_in_index(r, NAME, at)
return { 'rotated', r.raw }
