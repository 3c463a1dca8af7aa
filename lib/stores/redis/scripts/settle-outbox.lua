-- Removes from an outbox what was dealt with, keeps what failed for later, buries what is given up, and may give the lease back.
--
-- KEYS[1]  new letters; KEYS[2] what comes later; KEYS[3] its letters; KEYS[4] dead letters; KEYS[5] lease; KEYS[6] count of those lost
-- ARGV     1 at, 2 worker, 3 whether to give the lease back (1 or 0), 4 how many are settled, their ids, then how many come later, for
--          each of those: id, sink, attempts, when it is due, then for each that is given up: id, sink, why
-- Returns  'lost' | 'settled', how many are due

local lease = redis.call('GET', KEYS[5])
if not lease or lease:sub(WORKER_AT) ~= ARGV[2] then return { 'lost' } end

local settled, new_left, position = {}, 0, 4
for i = 1, tonumber(ARGV[4]) do
  local id = ARGV[4 + i]
  if is_new(id) and not settled[id] then new_left = new_left + 1 end
  settled[id] = true
end
position = 5 + tonumber(ARGV[4])

-- New letters were claimed from the front; some of them may have been lost to the bound since.
local letters, kept, seen = {}, {}, 0
while new_left > 0 and seen < MOST_CLAIMED do
  local some = redis.call('LRANGE', KEYS[1], seen, seen + CHUNK - 1)
  for _, letter in ipairs(some) do
    if new_left > 0 then
      seen = seen + 1
      local id = id_of(letter)
      if settled[id] then
        if not letters[id] then new_left = new_left - 1 end
        letters[id] = letter
      else
        kept[#kept + 1] = letter
      end
    end
  end
  if #some < CHUNK then break end
end

local function letter_named(id)
  if is_new(id) then return letters[id] end
  local body = redis.call('HGET', KEYS[3], id)
  return body and body:sub(LETTER_AT)
end

-- All is read before anything is removed. What is not there any more was forgotten meanwhile, or settled by this command before.
local later, dead = {}, {}
local last = position + 4 * tonumber(ARGV[position])
for i = position + 1, last, 4 do
  local letter = letter_named(ARGV[i])
  if letter then
    later[#later + 1] = { letter = letter, sink = ARGV[i + 1], attempts = tonumber(ARGV[i + 2]), due = tonumber(ARGV[i + 3]) }
  end
end
for i = last + 1, #ARGV, 3 do
  local letter = letter_named(ARGV[i])
  if letter then dead[#dead + 1] = pack_dead(letter, tonumber(ARGV[1]), ARGV[i + 1], ARGV[i + 2]) end
end

-- A write that takes no memory comes first: what is full is to be emptied.
redis.call('PEXPIRE', KEYS[5], math.max(1, redis.call('PTTL', KEYS[5])))
if seen > 0 then
  redis.call('LTRIM', KEYS[1], seen, -1)
  for i = #kept, 1, -1 do redis.call('LPUSH', KEYS[1], kept[i]) end
end
for id in pairs(settled) do
  if not is_new(id) then
    redis.call('ZREM', KEYS[2], id)
    redis.call('HDEL', KEYS[3], id)
  end
end
for _, one in ipairs(later) do
  keep_for(KEYS[2], KEYS[3], id_for(one.letter, one.sink), one.letter, one.attempts, one.due, tonumber(ARGV[1]))
end
bound_later(KEYS[2], KEYS[3], KEYS[6])
for _, one in ipairs(dead) do redis.call('LPUSH', KEYS[4], one) end
if #dead > 0 then
  redis.call('LTRIM', KEYS[4], 0, retention.deadLetters - 1)
  redis.call('PEXPIRE', KEYS[4], retention.outboxMilliseconds)
end
if ARGV[3] == '1' then redis.call('DEL', KEYS[5]) end
return { 'settled', redis.call('LLEN', KEYS[1]) + redis.call('ZCOUNT', KEYS[2], '-inf', ARGV[1]) }
