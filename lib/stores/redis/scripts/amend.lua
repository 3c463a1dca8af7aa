-- Replaces what a session shows, where it still has the version that the amendment was made from.
--
-- KEYS[1]  session
-- Derived  index, audit, outbox, epoch
-- ARGV     1 at, 2 not after, 3 attempt, 4 version, 5 whether trusted (1 or 0), 6 device type and profile, 7 data,
--          8 audit entry, or '' for none, 9 whether it needs a fresh login (1 or 0)
-- Returns  'late', now | 'missing' | 'conflict', record | 'amended', audited (1 or 0), record

local late = late_reply(ARGV[2])
if late then return late end

local at = tonumber(ARGV[1])
local r = read(redis.call('GET', KEYS[1]))
if r and r.state == LIVE and was_made(r, ARGV[3]) then return { 'amended', 1, r.raw } end
if not is_live(r, at) then return { 'missing' } end
if r.version ~= tonumber(ARGV[4]) then return { 'conflict', r.raw } end
local index = key('i', r.user)
require_here(KEYS[1], index, key('a', r.user), key('e', r.user))
require_outbox(ARGV[8])

local member_before = member(r, NAME)
r.tail = parts(r.tail) .. ARGV[6] .. ARGV[7]
r.version = r.version + 1
remember(r, ARGV[3])
set_flag(r, TRUSTED, ARGV[5] == '1')
set_flag(r, STEP_UP, ARGV[9] == '1')

-- It may grow, so the SET comes first: out of memory, it fails before anything has changed.
save(r, NAME, at)
if member(r, NAME) ~= member_before then redis.call('ZREM', index, member_before) end
put_in_index(r, NAME, at)
return { 'amended', ARGV[8] ~= '' and write_audit(r.user, ARGV[8], at, r) or 1, r.raw }
