-- Removes entries from the feed across users.
--
-- KEYS[1]  feed
-- ARGV     1 at, 2 not after, then names of entries
-- Returns  'late', now | 'forgotten', how many were there

local late = late_reply(ARGV[2])
if late then return late end

local count = 0
for first = 3, #ARGV, CHUNK do
  count = count + redis.call('XDEL', KEYS[1], unpack(ARGV, first, math.min(first + CHUNK - 1, #ARGV)))
end
return { 'forgotten', count }
