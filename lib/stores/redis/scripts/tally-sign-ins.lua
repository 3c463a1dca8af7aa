-- Adds sign-ins to the count of an hour. Sent again it adds them again: what that is worth is less than what remembering it would cost.
--
-- KEYS[1]  count
-- ARGV     1 hour, 2 not after, 3 how many
-- Returns  'late', now | 'tallied'

local late = late_reply(ARGV[2])
if late then return late end

redis.call('INCRBY', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[1], retention.signInsMilliseconds)
return { 'tallied' }
