-- What the scripts share: how a record is laid out, and what follows from it. Prepended to each; never run alone.
--
-- A record is a header of fixed width (layout.ts lists the same fields; numbers are big endian, times are milliseconds,
-- 0 stands for none), then its tail:
--   u8 length, application | device type letter, device mark, u16 length, profile | data, or on a tombstone the ending
-- The last three are JSON that no script decodes: cjson turns [] into {} and large integers into floats.
--
-- Keys are <prefix>:<kind>:{tag}<name>; session id and user key are both 22 characters, so that all keys of a user
-- follow from any one of them: s session by id, i index, a audit, e epoch, l own limit, n one-time tokens by user key, o one-time token by name. g is
-- the floor of all users who share the tag, and has no name.
--
-- The index is a sorted set. A live or expired session stands in it by its effective expiry, a tombstone by minus the
-- time of its end. A member is session id, device type letter, device mark, application.

local HEAD = '>BBBI4I4I2I6I6I6I6I6I6I6I6I6I6I6I6I6I4c22c16c32c32c32c32c32c32'
local HEAD_BYTES = 325
local FORMAT, LIVE, ENDED = 1, 1, 2
local TRUSTED, REFRESH_REVOKED, HAS_PARENT, STEP_UP = 2, 4, 8, 16
-- Where a touch writes, counted from 0.
local SEEN_AT = 13
local NAME_BYTES, ATTEMPT_BYTES, MARK_BYTES = 22, 8, 8
-- In place of a device type's letter: an administrator uses the session.
local IMPERSONATION = ('i'):byte()
local RECENT = 4
local OWN_LIMIT_AT = RECENT * ATTEMPT_BYTES + 1 -- behind the attempts that set it; a removed one is those alone
local CHUNK = 200 -- Lua cannot unpack much more than that into one call
-- Where an epoch's reason stands, counted from 1: behind the instant and the last four revoke-alls. Behind it, of a user who was erased: a
-- zero byte and u48 the instant of that.
local REVOCATION, REASON_AT = '>c8I4', 55

local STEM, TAG, NAME = KEYS[1]:sub(1, -31), KEYS[1]:sub(-27, -23), KEYS[1]:sub(-NAME_BYTES)

local function key(kind, name)
  return STEM .. ':' .. kind .. ':' .. TAG .. name
end

-- The caller has given up: a command that arrives after that must leave no trace (a ghost session after a 503).
local function late_reply(not_after)
  local time = redis.call('TIME')
  local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  if now > tonumber(not_after) then return { 'late', string.format('%d', now) } end
  return nil
end

-- While a slot moves between nodes, a command on several keys fails unless all are here. So a script fails before its first
-- write: it never leaves half of a user's keys on either side, nor takes for missing what is still on the other.
local function require_here(...)
  redis.call('EXISTS', ...)
end

-- false for no record, for damage and for a newer format alike.
local function is_whole(raw)
  if not raw or #raw < HEAD_BYTES + 4 or raw:byte(1) ~= FORMAT then return false end
  local profile_head = HEAD_BYTES + raw:byte(HEAD_BYTES + 1) + 4 + MARK_BYTES
  return #raw >= profile_head and #raw >= profile_head + struct.unpack('>I2', raw, profile_head - 1)
end

-- nil for what is not whole.
local function read(raw)
  if not is_whole(raw) then return nil end
  local r = { raw = raw, tail = raw:sub(HEAD_BYTES + 1) }
  r.format, r.state, r.flags, r.version, r.generation, r.repeats, r.seen, r.access, r.confirmed, r.refresh, r.created,
    r.started, r.authenticated, r.rotated, r.parent_access, r.absolute, r.access_window, r.refresh_window, r.idle_window,
    r.grace, r.user, r.family, r.access_digest, r.refresh_digest, r.parent_access_digest, r.parent_refresh_digest,
    r.nonce, r.attempts = struct.unpack(HEAD, raw)
  return r
end

local function write(r)
  r.raw = struct.pack(HEAD, r.format, r.state, r.flags, r.version, r.generation, r.repeats, r.seen, r.access, r.confirmed,
    r.refresh, r.created, r.started, r.authenticated, r.rotated, r.parent_access, r.absolute, r.access_window,
    r.refresh_window, r.idle_window, r.grace, r.user, r.family, r.access_digest, r.refresh_digest,
    r.parent_access_digest, r.parent_refresh_digest, r.nonce, r.attempts) .. r.tail
  return r.raw
end

local function has(r, flag)
  return bit.band(r.flags, flag) ~= 0
end

local function set_flag(r, flag, on)
  r.flags = on and bit.bor(r.flags, flag) or bit.band(r.flags, bit.bnot(flag))
end

-- A client that lost its connection sends again all that was in flight. Whether this command was among the last four.
local function was_made(r, attempt)
  for first = 1, #r.attempts, ATTEMPT_BYTES do
    if r.attempts:sub(first, first + ATTEMPT_BYTES - 1) == attempt then return true end
  end
  return false
end

local function made_last(r, attempt)
  return r.attempts:sub(1, ATTEMPT_BYTES) == attempt
end

local function remember(r, attempt)
  r.attempts = attempt .. r.attempts:sub(1, -ATTEMPT_BYTES - 1)
end

-- The tail in its three parts: application, device type and profile, the rest.
local function parts(tail)
  local application_end = 1 + tail:byte(1)
  local json = application_end + MARK_BYTES + 4
  local profile_end = json - 1 + struct.unpack('>I2', tail, json - 2)
  return tail:sub(1, application_end), tail:sub(application_end + 1, profile_end), tail:sub(profile_end + 1)
end

local function ends_at(r)
  if r.idle_window == 0 then return r.absolute end
  return math.min(r.seen + r.idle_window, r.absolute)
end

local function effective(r)
  return math.min(math.max(r.access, r.refresh), ends_at(r))
end

local function is_live(r, at)
  return r ~= nil and r.state == LIVE and effective(r) > at
end

local function member(r, sid)
  local length = r.tail:byte(1)
  return sid .. r.tail:sub(length + 2, length + 2 + MARK_BYTES) .. r.tail:sub(2, length + 1)
end

-- Byte by byte, as sorted sets order their members: Lua compares by the server's locale.
local function is_before(one, other)
  for i = 1, math.min(#one, #other) do
    local a, b = one:byte(i), other:byte(i)
    if a ~= b then return a < b end
  end
  return #one < #other
end

local function ttl(r, at)
  return math.max(1, effective(r) - at + retention.expiredMilliseconds)
end

local function extend(name, milliseconds)
  if redis.call('PTTL', name) < milliseconds then redis.call('PEXPIRE', name, milliseconds) end
end

-- WAIT counts what its connection has written: what was made before must be followed by a write, or nothing would be waited for.
local function rewrite(name)
  local left = redis.call('PTTL', name)
  -- Somebody may have made it last by hand.
  redis.call('PEXPIRE', name, left > 0 and left or retention.epochMilliseconds)
end

local function save(r, sid, at)
  redis.call('SET', key('s', sid), write(r), 'PX', ttl(r, at))
end

-- Also puts a session back that the index has lost.
local function put_in_index(r, sid, at)
  redis.call('ZADD', key('i', r.user), effective(r), member(r, sid))
  extend(key('i', r.user), ttl(r, at))
end

local floor = 0

-- What a user's sessions must have begun after, and why: the epoch, or the floor of all users where that is not lower. To be read before
-- anything is written.
local function read_epoch(raw)
  local floor_raw = redis.call('GET', STEM .. ':g:' .. TAG)
  if floor_raw then floor = struct.unpack('>I6', floor_raw) end
  local epoch = raw and struct.unpack('>I6', raw) or 0
  if floor_raw and floor >= epoch then return floor, floor_raw:sub(7) end
  return epoch, raw and raw:sub(REASON_AT, (raw:find('\0', REASON_AT, true) or 0) - 1) or ''
end

-- What stands between them: the last four commands that ended many sessions, each with how many.
local function revocations_of(raw)
  return raw and raw:sub(7, REASON_AT - 1) or string.rep('\0', REASON_AT - 7)
end

-- The count that this command answered; nil where it was not made before.
local function revoked_before(raw, attempt)
  local revocations = revocations_of(raw)
  for first = 1, #revocations, 12 do
    local made, count = struct.unpack(REVOCATION, revocations, first)
    if made == attempt then return count end
  end
  return nil
end

-- The instant by which the user was erased; nil where they were not. An epoch that rises later keeps it, whatever its own reason.
local function erasure_of(raw)
  local zero = raw and raw:find('\0', REASON_AT, true)
  return zero and (struct.unpack('>I6', raw, zero + 1)) or nil
end

local function save_epoch(name, raw, epoch, reason, attempt, count, erasure)
  local revocations = struct.pack(REVOCATION, attempt, count) .. revocations_of(raw):sub(1, -13)
  -- One that is not above the floor only remembers commands: after everybody's sessions were ended there is one of every user.
  erasure = erasure or erasure_of(raw)
  local life = (epoch > floor or erasure) and retention.epochMilliseconds or retention.attemptsMilliseconds
  local erased = erasure and '\0' .. struct.pack('>I6', erasure) or ''
  redis.call('SET', name, struct.pack('>I6', epoch) .. revocations .. reason .. erased, 'PX', life)
end

-- What remains under the key of a session that was ended: why, and the digests by which its own tokens learn so.
local function bury(r, sid, ended_at, ending, attempt)
  local application, profile = parts(r.tail)
  local index = key('i', r.user)
  redis.call('ZREM', index, member(r, sid))
  r.state, r.tail = ENDED, application .. profile .. ending
  remember(r, attempt)
  redis.call('SET', key('s', sid), write(r), 'PX', retention.tombstoneMilliseconds)
  redis.call('ZADD', index, -ended_at, member(r, sid))
  extend(index, retention.tombstoneMilliseconds)
end

-- The oldest tombstones, that `count` new ones push out. To be read before anything is written.
local function surplus_tombstones(user, count)
  local index = key('i', user)
  local surplus = redis.call('ZCOUNT', index, '-inf', '(0') + count - retention.tombstones
  if surplus <= 0 then return {} end
  return redis.call('ZREVRANGEBYSCORE', index, '(0', '-inf', 'LIMIT', 0, surplus)
end

-- Comes last: should it fail, only garbage is left.
local function prune(user, surplus, at)
  local index = key('i', user)
  for _, name in ipairs(surplus) do
    redis.pcall('DEL', key('s', name:sub(1, NAME_BYTES)))
    redis.pcall('ZREM', index, name)
  end
  redis.pcall('ZREMRANGEBYSCORE', index, 0, at - retention.expiredMilliseconds)
  redis.pcall('ZREMRANGEBYSCORE', index, retention.tombstoneMilliseconds - at, '(0')
end

-- A new pair for the whole session: nothing issued before opens anything any more, and no reuse alarm follows.
local function rekey(r, at, family, access_digest, refresh_digest)
  r.family, r.generation, r.repeats = family, 0, 0
  r.access_digest, r.access = access_digest, math.min(at + r.access_window, r.absolute)
  local none = string.rep('\0', 32)
  r.refresh_digest, r.refresh = none, 0
  if r.refresh_window > 0 then
    r.refresh_digest, r.refresh = refresh_digest, math.min(at + r.refresh_window, r.absolute)
  end
  r.parent_access_digest, r.parent_refresh_digest, r.nonce, r.parent_access = none, none, none, 0
  set_flag(r, HAS_PARENT, false)
  set_flag(r, REFRESH_REVOKED, false)
  r.rotated, r.confirmed, r.seen = at, 0, math.max(r.seen, at)
end
