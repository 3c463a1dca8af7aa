-- Counts one more presentation of the parent, and starts the access lifetime anew if it ran out unused.
--
-- KEYS[1]  session
-- Derived  index, audit, outbox, epoch, floor
-- ARGV     1 at, 2 not after, 3 attempt, 4 family, 5 generation, 6 audit entry
-- Returns  'late', now | 'missing' | 'conflict', record | 'outdated', record, reason | 'repeated', audited (1 or 0), record

local late = late_reply(ARGV[2])
if late then return late end

local at = tonumber(ARGV[1])
local r = read(redis.call('GET', KEYS[1]))
if r and r.state == LIVE and was_made(r, ARGV[3]) then return { 'repeated', 1, r.raw } end
if not is_live(r, at) then return { 'missing' } end
if r.family ~= ARGV[4] or r.generation ~= tonumber(ARGV[5]) or not has(r, HAS_PARENT) or has(r, REFRESH_REVOKED) then
  return { 'conflict', r.raw }
end
require_here(KEYS[1], key('i', r.user), key('a', r.user))
require_outbox(ARGV[6])
-- Whoever kept the parent must not renew what a revoke-all was to end and did not find.
local epoch, reason = read_epoch(redis.call('GET', key('e', r.user)))
if r.started <= epoch then return { 'outdated', r.raw, reason } end

local first = r.repeats == 0
r.repeats = math.min(r.repeats + 1, 65535)
if r.access <= at and r.confirmed == 0 then r.access = math.min(at + r.access_window, r.absolute) end
remember(r, ARGV[3])

redis.call('PEXPIRE', KEYS[1], ttl(r, at))
save(r, NAME, at)
put_in_index(r, NAME, at)
local audited = first and write_audit(r.user, ARGV[6], at, r) or 1
return { 'repeated', audited, r.raw }
