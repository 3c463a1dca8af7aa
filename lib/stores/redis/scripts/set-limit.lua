-- Sets or removes a user's own limit.
--
-- KEYS[1]  own limit; KEYS[2] audit
-- Derived  outbox, epoch
-- ARGV     1 at, 2 not after, 3 attempt, 4 limit, or '' to remove it, 5 audit entry
-- Returns  'late', now | 'set', audited (1 or 0)

local late = late_reply(ARGV[2])
if late then return late end

require_here(KEYS[1], KEYS[2], key('e', NAME))
local made = { attempts = (redis.call('GET', KEYS[1]) or string.rep('\0', OWN_LIMIT_AT - 1)):sub(1, OWN_LIMIT_AT - 1) }
if was_made(made, ARGV[3]) or was_erased(NAME, tonumber(ARGV[1])) then return { 'set', 1 } end
remember(made, ARGV[3])
require_outbox(ARGV[5])

if ARGV[4] == '' then
  -- Deleting takes no memory: after it Redis lets the rest pass, even when it is out of memory.
  redis.call('DEL', KEYS[1])
  redis.call('SET', KEYS[1], made.attempts, 'PX', retention.attemptsMilliseconds)
else
  redis.call('SET', KEYS[1], made.attempts .. ARGV[4])
end
return { 'set', write_audit(NAME, ARGV[5], tonumber(ARGV[1])) }
