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
-- Of a list, what others keep of it. One LREM a letter would look through the whole list each time.
local function split(list, user_of)
  local kept, all = {}, redis.call('LRANGE', list, 0, -1)
  for _, one in ipairs(all) do
    if user_of(one) ~= NAME then kept[#kept + 1] = one end
  end
  return { name = list, kept = kept, life = redis.call('PTTL', list), is_changed = #kept < #all }
end
local function user_of(letter) return letter:sub(1, NAME_BYTES) end
local lists = { split(news, user_of), split(dead, function(one)
  local _, letter = unpack_dead(one)
  return user_of(letter)
end) }
local gone = {}
local kept_for = redis.call('HGETALL', bodies)
for i = 1, #kept_for, 2 do
  if kept_for[i + 1]:sub(LETTER_AT, LETTER_AT + NAME_BYTES - 1) == NAME then gone[#gone + 1] = kept_for[i] end
end

-- Deleting takes no memory, and after it Redis lets the SET pass even when it is out of memory.
local count = 0
each_chunk(live, function(...) count = count + redis.call('DEL', ...) end)
each_chunk(others, function(...) redis.call('DEL', ...) end)
redis.call('DEL', KEYS[1], KEYS[5])
each_chunk(gone, function(...)
  redis.call('ZREM', later, ...)
  redis.call('HDEL', bodies, ...)
end)
for _, list in ipairs(lists) do
  if list.is_changed then
    redis.call('DEL', list.name)
    each_chunk(list.kept, function(...) redis.call('RPUSH', list.name, ...) end)
    if #list.kept > 0 and list.life > 0 then redis.call('PEXPIRE', list.name, list.life) end
  end
end
save_epoch(KEYS[3], epoch_raw, epoch, 'erased', attempt, count, epoch)
if ARGV[5] ~= '' and is_relayed(ARGV[5]) then post(letter_of(NOBODY, with_count(ARGV[5], count))) end
return { 'erased', count }
