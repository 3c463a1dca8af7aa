-- What the scripts on an outbox share: where its letters are, and how one is named. Prepended to each behind record.lua and audit.lua;
-- never run alone.
--
-- Each of the 4,096 tags that users fall into has an outbox, all of it under keys of that tag without a name:
--   q  list of new letters, the oldest first; audit.lua says what a letter is, and puts it there
--   r  sorted set of what single sinks get later: id by the time when it is due
--   b  hash of these: id to u16 attempts, letter
--   d  list of dead letters, the newest first: u48 time of its death, u8 length, sink, u16 length, why | letter
--   m  how many letters were lost to the bound of q since a worker was told
--   w  lease: u48 its end, worker
-- A new letter is named by a hash of its bytes, one that goes to a single sink by the same, a colon, and the sink. All begin with
-- or hold the user key of their letter, so that whoever forgets a user finds them. All expire some time after they were last written.

local LEASE, WORKER_AT = '>I6', 7
local BODY, LETTER_AT = '>I2', 3
local ID_LENGTH = 16
local DAY = 86400000
-- No worker claims more at a time.
local MOST_CLAIMED = 1000

local function id_of(letter)
  return redis.sha1hex(letter):sub(1, ID_LENGTH)
end

local function id_for(letter, sink)
  return id_of(letter) .. ':' .. sink
end

local function is_new(id)
  return #id == ID_LENGTH
end

local function pack_dead(letter, died_at, sink, because)
  return struct.pack('>I6', died_at) .. string.char(#sink) .. sink .. struct.pack('>I2', #because) .. because .. letter
end

-- The sink and the letter.
local function unpack_dead(dead)
  local sink_end = 7 + dead:byte(7)
  local because_end = sink_end + 2 + struct.unpack('>I2', dead, sink_end + 1)
  return dead:sub(8, sink_end), dead:sub(because_end + 1)
end

-- Nobody keeps more than so many for single sinks: those due last make room.
local function bound_later(later, bodies, lost)
  local surplus = redis.call('ZCARD', later) - retention.outboxEntries
  if surplus <= 0 then return end
  local names = redis.call('ZRANGE', later, -surplus, -1)
  redis.call('ZREMRANGEBYRANK', later, -surplus, -1)
  for _, id in ipairs(names) do redis.call('HDEL', bodies, id) end
  redis.call('INCRBY', lost, surplus)
  redis.call('PEXPIRE', lost, retention.outboxMilliseconds)
end

-- They last until a day after the last of them is due, however soon what nobody asks for is to go.
local function keep_for(later, bodies, id, letter, attempts, due_at, at)
  redis.call('HSET', bodies, id, struct.pack(BODY, math.min(attempts, 65535)) .. letter)
  redis.call('ZADD', later, due_at, id)
  local life = math.max(retention.outboxMilliseconds, due_at - at + DAY)
  for _, name in ipairs({ later, bodies }) do extend(name, life) end
end
