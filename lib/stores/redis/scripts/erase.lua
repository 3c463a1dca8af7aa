-- Forgets a user, or what else has a history: all but the epoch, which it raises, so that nothing that is under way brings anything back.
--
-- KEYS[1]  index; KEYS[2] audit; KEYS[3] epoch; KEYS[4] own limit; KEYS[5] one-time tokens of the user
-- Derived  floor, outbox, the sessions in the index, the one-time tokens, counters
-- ARGV     1 at, 2 not after, 3 attempt, 4 epoch, 5 audit entry with room for the count, for sinks alone, or '', then names of counters
-- Returns  'late', now | 'erased', how many live sessions ended

local late = late_reply(ARGV[2])
if late then return late end

local at, attempt, epoch = tonumber(ARGV[1]), ARGV[3], tonumber(ARGV[4])
local news, later, bodies, dead = key('q', ''), key('r', ''), key('b', ''), key('d', '')
local NOBODY = string.rep('\0', NAME_BYTES)
local epoch_raw = redis.call('GET', KEYS[3])
local made = revoked_before(epoch_raw, attempt)
if made then
  rewrite(KEYS[3])
  return { 'erased', made }
end
epoch = math.max(epoch, (read_epoch(epoch_raw)))

local live, others = {}, { KEYS[2], KEYS[4] }
local members = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
for i = 1, #members, 2 do
  local names = tonumber(members[i + 1]) > at and live or others
  names[#names + 1] = key('s', members[i]:sub(1, NAME_BYTES))
end
for _, name in ipairs(redis.call('ZRANGE', KEYS[5], 0, -1)) do others[#others + 1] = key('o', name) end
for i = 6, #ARGV do others[#others + 1] = key('f', ARGV[i]) end

local function each_chunk(names, visit)
  for first = 1, #names, CHUNK do visit(unpack(names, first, math.min(first + CHUNK - 1, #names))) end
end
-- The index among them: of one key alone that is still on another node, that one would say that there is none.
for _, names in ipairs({ live, others }) do
  each_chunk(names, function(...) require_here(KEYS[1], KEYS[3], KEYS[5], ...) end)
end

require_here(KEYS[1], news, later, bodies, dead)
local gone = { news = {}, later = {}, dead = {} }
for _, letter in ipairs(redis.call('LRANGE', news, 0, -1)) do
  if letter:sub(1, NAME_BYTES) == NAME then gone.news[letter] = true end
end
local kept_for = redis.call('HGETALL', bodies)
for i = 1, #kept_for, 2 do
  if kept_for[i + 1]:sub(LETTER_AT, LETTER_AT + NAME_BYTES - 1) == NAME then gone.later[kept_for[i]] = true end
end
for _, one in ipairs(redis.call('LRANGE', dead, 0, -1)) do
  local _, letter = unpack_dead(one)
  if letter:sub(1, NAME_BYTES) == NAME then gone.dead[one] = true end
end

-- Deleting takes no memory, and after it Redis lets the SET pass even when it is out of memory.
local count = 0
each_chunk(live, function(...) count = count + redis.call('DEL', ...) end)
each_chunk(others, function(...) redis.call('DEL', ...) end)
redis.call('DEL', KEYS[1], KEYS[5])
for letter in pairs(gone.news) do redis.call('LREM', news, 0, letter) end
for id in pairs(gone.later) do
  redis.call('ZREM', later, id)
  redis.call('HDEL', bodies, id)
end
for one in pairs(gone.dead) do redis.call('LREM', dead, 0, one) end
save_epoch(KEYS[3], epoch_raw, epoch, 'erased', attempt, count)
if ARGV[5] ~= '' and is_relayed(ARGV[5]) then post(letter_of(NOBODY, with_count(ARGV[5], count))) end
return { 'erased', count }
