-- Appends to the log of the administrators' API, which is one stream. Its entries are named by their time, or by that of the newest
-- where it is later: an id must be above all others.
--
-- KEYS[1]  access log
-- ARGV     1 at, 2 not after, 3 id of the entry, 4 entry
-- Returns  'late', now | 'logged'

local late = late_reply(ARGV[2])
if late then return late end

-- Sent again, it is among those since its own time, which are few: reading a hundred at each call takes half a millisecond.
local RESENT = 100
local at = string.format('%.0f', ARGV[1])
local since = redis.call('XREVRANGE', KEYS[1], '+', at, 'COUNT', RESENT)
for _, entry in ipairs(since) do
  if entry[2][1] == ARGV[3] then return { 'logged' } end
end

local id = at .. '-0'
if since[1] then
  local last, sequence = since[1][1]:match('^(%d+)-(%d+)$')
  id = string.format('%s-%.0f', last, tonumber(sequence) + 1)
end
local oldest = math.max(0, tonumber(ARGV[1]) - retention.auditMilliseconds + 1)
redis.call('XADD', KEYS[1], 'MAXLEN', retention.accessEntries, id, ARGV[3], ARGV[4])
redis.call('XTRIM', KEYS[1], 'MINID', string.format('%.0f', oldest))
redis.call('PEXPIRE', KEYS[1], retention.auditMilliseconds)
return { 'logged' }
