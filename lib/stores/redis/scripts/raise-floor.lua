-- Raises what the sessions of all users who share a tag must have begun after.
--
-- KEYS[1]  floor
-- ARGV     1 floor, 2 not after, 3 reason
-- Returns  'late', now | 'raised'

local late = late_reply(ARGV[2])
if late then return late end

local raw = redis.call('GET', KEYS[1])
local raised = tonumber(ARGV[1])
-- First, also where there is no key: it takes no memory, and after it Redis lets the SET pass even when it is out of memory.
rewrite(KEYS[1])
if not raw or struct.unpack('>I6', raw) < raised then
  redis.call('SET', KEYS[1], struct.pack('>I6', raised) .. ARGV[3], 'PX', retention.epochMilliseconds)
end
return { 'raised' }
