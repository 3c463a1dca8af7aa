-- Appends entries to the feed across users. Each is named by its time, or by that of the newest where it is later.
--
-- KEYS[1]  feed
-- ARGV     1 at, 2 how many entries are kept, then for each: its id, letter
-- Returns  how many were not there before

-- Delivered again, it is among the newest.
local RECENT_IN_FEED = 100
local known, newest = {}, redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', RECENT_IN_FEED)
for _, entry in ipairs(newest) do known[entry[2][1]] = true end
local time, sequence = tonumber(ARGV[1]), 0
if newest[1] then
  local its_time, its_sequence = newest[1][1]:match('^(%d+)-(%d+)$')
  its_time, its_sequence = tonumber(its_time), tonumber(its_sequence)
  if its_time >= time then time, sequence = its_time, its_sequence + 1 end
end

local count = 0
for i = 3, #ARGV, 2 do
  if not known[ARGV[i]] then
    known[ARGV[i]] = true
    redis.call('XADD', KEYS[1], string.format('%.0f-%.0f', time, sequence), ARGV[i], ARGV[i + 1])
    sequence, count = sequence + 1, count + 1
  end
end
if count == 0 then return { 0 } end
redis.call('XTRIM', KEYS[1], 'MAXLEN', ARGV[2])
redis.call('XTRIM', KEYS[1], 'MINID', string.format('%.0f', math.max(0, tonumber(ARGV[1]) - retention.auditMilliseconds + 1)))
redis.call('PEXPIRE', KEYS[1], retention.auditMilliseconds)
return { count }
