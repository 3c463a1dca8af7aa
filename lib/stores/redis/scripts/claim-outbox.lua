-- Takes or renews the lease of an outbox, and gives what is due.
--
-- KEYS[1]  new letters; KEYS[2] what comes later; KEYS[3] its letters; KEYS[4] count of those lost; KEYS[5] lease
-- ARGV     1 at, 2 worker, 3 end of the lease, 4 how many
-- Returns  'leased', until | 'claimed', how many were lost, how many follow for single sinks, then for each of those: id, attempts and
--          letter, then the new letters

local at, worker, limit = tonumber(ARGV[1]), ARGV[2], math.min(tonumber(ARGV[4]), MOST_CLAIMED)
local lease = redis.call('GET', KEYS[5])
if lease and lease:sub(WORKER_AT) ~= worker and struct.unpack(LEASE, lease) > at then
  return { 'leased', string.format('%d', (struct.unpack(LEASE, lease))) }
end

local news = limit > 0 and redis.call('LRANGE', KEYS[1], 0, limit - 1) or {}
-- What failed before gets half of the room at least, so that it comes though new letters come all the time.
local room = math.max(limit - #news, math.ceil(limit / 2))
local due = room > 0 and redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, room) or {}
local bodies = #due > 0 and redis.call('HMGET', KEYS[3], unpack(due)) or {}

-- A write that takes no memory comes first: what is full is to be emptied.
local lost = redis.call('GET', KEYS[4])
redis.call('DEL', KEYS[4])
local until_at = tonumber(ARGV[3])
-- Longer than it holds: whoever comes late may still settle, unless somebody else has taken it.
redis.call('SET', KEYS[5], struct.pack(LEASE, until_at) .. worker, 'PX', math.max(1, until_at - at) + retention.leaseMilliseconds)

-- Somebody reads it: it stays.
for i = 1, 3 do extend(KEYS[i], retention.outboxMilliseconds) end

local reply, count = { 'claimed', tonumber(lost) or 0, 0 }, 0
for i, id in ipairs(due) do
  if bodies[i] then
    reply[#reply + 1], reply[#reply + 2] = id, bodies[i]
    count = count + 1
  else
    redis.call('ZREM', KEYS[2], id)
  end
end
reply[3] = count
for i = 1, math.min(#news, limit - count) do reply[#reply + 1] = news[i] end
return reply
