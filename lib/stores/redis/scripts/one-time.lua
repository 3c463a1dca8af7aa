-- What the scripts on one-time tokens share: how one is laid out, and what follows from it. Prepended to each behind
-- record.lua; never run alone.
--
-- A token is (one-time-codec.ts writes and reads it; numbers are big endian, times are milliseconds):
--   u48 its end, u16 uses left, u4 uses told, u4 refusals told, the last four attempts that took a use (8 bytes each),
--   user key (22 characters, or zeros), u8 length, purpose | payload
-- Behind the attempt of a disowning, which takes the only use, stands what that did: u32 how many ended, u32 how many others must
-- confirm their login.

local ONE_TIME, ONE_TIME_BYTES = '>I6I2Bc32c22', 63
local USES_AT, TOLD_AT = 6, 8 -- counted from 0

-- How long it is kept: behind its end its bearer is told that it has expired.
local function one_time_life(content, at)
  return math.max(1, struct.unpack('>I6', content) - at + retention.expiredOneTimeMilliseconds)
end

-- nil for no token, and for damage.
local function read_one_time(raw)
  if not raw or #raw <= ONE_TIME_BYTES then return nil end
  local t = { raw = raw }
  local told
  t.expires, t.uses, told, t.attempts, t.user = struct.unpack(ONE_TIME, raw)
  t.refusals = told % 16
  t.redemptions = (told - t.refusals) / 16
  t.purpose = raw:sub(ONE_TIME_BYTES + 2, ONE_TIME_BYTES + 1 + raw:byte(ONE_TIME_BYTES + 1))
  return t
end

-- Which tokens a user has, by their end: whoever asks what is kept of them is told, and whoever is to be forgotten is with all of it.
local function index_one_time(t, name, at)
  local index = key('n', t.user)
  redis.call('ZADD', index, t.expires, name)
  redis.pcall('ZREMRANGEBYSCORE', index, '-inf', at - retention.expiredOneTimeMilliseconds)
  extend(index, math.max(1, t.expires - at + retention.expiredOneTimeMilliseconds))
end

-- What was told of it, as one byte.
local function told_of(t)
  return string.char(t.redemptions * 16 + t.refusals)
end

local function has_user(t)
  return t.user:byte(1) ~= 0
end

-- Whoever shows it on and on must not wash the rest of the history away.
local function refuse_one_time(name, t, status, entry, at)
  if not has_user(t) or t.refusals >= retention.oneTimeRefusals then return { status, 1, t.raw } end
  t.refusals = t.refusals + 1
  redis.pcall('SETRANGE', name, TOLD_AT, told_of(t))
  return { status, write_audit(t.user, entry, at), t.raw }
end
