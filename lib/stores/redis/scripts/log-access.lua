-- Appends to the log of the administrators' API, which is two streams: whoever is nobody must not push out what administrators did.
-- Entries are named by their time, or by that of the newest of both where it is later: an id must be above all others of both, since
-- they are read as one.
--
-- KEYS[1]  access log; KEYS[2] that of calls by nobody
-- ARGV     1 at, 2 not after, 3 id of the entry, 4 entry, 5 by nobody (1 or 0)
-- Returns  'late', now | 'logged'

local late = late_reply(ARGV[2])
if late then return late end

local own, other, most = KEYS[1], KEYS[2], retention.accessEntries
if ARGV[5] == '1' then own, other, most = KEYS[2], KEYS[1], retention.anonymousAccessEntries end

-- Sent again, it is among those since its own time, which are few: reading a hundred at each call takes half a millisecond.
local RESENT = 100
local at = string.format('%.0f', ARGV[1])
local since = redis.call('XREVRANGE', own, '+', at, 'COUNT', RESENT)
for _, entry in ipairs(since) do
  if entry[2][1] == ARGV[3] then return { 'logged' } end
end

-- Behind the newest of both.
local time, sequence = tonumber(ARGV[1]), 0
for _, entry in ipairs({ since[1] or false, redis.call('XREVRANGE', other, '+', at, 'COUNT', 1)[1] or false }) do
  if entry then
    local its_time, its_sequence = entry[1]:match('^(%d+)-(%d+)$')
    its_time, its_sequence = tonumber(its_time), tonumber(its_sequence)
    if its_time > time or (its_time == time and its_sequence >= sequence) then
      time, sequence = its_time, its_sequence + 1
    end
  end
end
local oldest = math.max(0, tonumber(ARGV[1]) - retention.accessMilliseconds + 1)
redis.call('XADD', own, 'MAXLEN', most, string.format('%.0f-%.0f', time, sequence), ARGV[3], ARGV[4])
redis.call('XTRIM', own, 'MINID', string.format('%.0f', oldest))
redis.call('PEXPIRE', own, retention.accessMilliseconds)
return { 'logged' }
