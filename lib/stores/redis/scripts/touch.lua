-- Records a use: moves the last use and, without refresh tokens, the access deadline; confirms a generation.
--
-- KEYS[1]  session
-- Derived  index, epoch, floor
-- ARGV     1 at, 2 not after, 3 whether to slide (1 or 0), 4 generation to confirm, or ''
-- Returns  'late', now | 'missing' | 'outdated', reason | 'touched'

local late = late_reply(ARGV[2])
if late then return late end

local at = tonumber(ARGV[1])
local r = read(redis.call('GET', KEYS[1]))
if not is_live(r, at) then return { 'missing' } end

local index = key('i', r.user)
require_here(KEYS[1], index)
local epoch, reason = read_epoch(redis.call('GET', key('e', r.user)))
if r.started <= epoch then return { 'outdated', reason } end

if ARGV[3] == '1' then
  r.seen = math.max(r.seen, at)
  if r.refresh_window == 0 and not has(r, REFRESH_REVOKED) then
    r.access = math.max(r.access, math.min(at + r.access_window, r.absolute))
  end
end
if r.confirmed == 0 and tonumber(ARGV[4]) == r.generation then r.confirmed = at end

redis.call('PEXPIRE', KEYS[1], ttl(r, at))
redis.call('SETRANGE', KEYS[1], SEEN_AT, struct.pack('>I6I6I6', r.seen, r.access, r.confirmed))
put_in_index(r, NAME, at)
return { 'touched' }
