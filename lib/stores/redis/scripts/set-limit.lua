-- Sets or removes a user's own limit.
--
-- KEYS[1]  own limit; KEYS[2] audit
-- ARGV     1 at, 2 not after, 3 limit, or '' to remove it, 4 audit entry
-- Returns  'late', now | 'set', audited (1 or 0)

local late = late_reply(ARGV[2])
if late then return late end

if ARGV[3] == '' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], ARGV[3])
end
return { 'set', write_audit(NAME, ARGV[4], tonumber(ARGV[1])) }
