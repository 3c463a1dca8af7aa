-- Keeps a new one-time token.
--
-- KEYS[1]  one-time token
-- Derived  audit, outbox, epoch, one-time tokens of the user
-- ARGV     1 at, 2 not after, 3 content, 4 audit entry
-- Returns  'late', now | 'kept', audited (1 or 0)

local late = late_reply(ARGV[2])
if late then return late end

local at = tonumber(ARGV[1])
local t = read_one_time(ARGV[3])
if has_user(t) then
  require_here(KEYS[1], key('a', t.user), key('n', t.user), key('e', t.user))
  require_outbox(ARGV[4])
  if was_erased(t.user, at) then return { 'kept', 1 } end
end

-- Sent again, the command finds its token. Out of memory, this fails before anything has changed.
local is_new = redis.call('SET', KEYS[1], ARGV[3], 'PX', one_time_life(ARGV[3], at), 'NX')
if is_new and has_user(t) then index_one_time(t, NAME, at) end
return { 'kept', is_new and has_user(t) and write_audit(t.user, ARGV[4], at) or 1 }
