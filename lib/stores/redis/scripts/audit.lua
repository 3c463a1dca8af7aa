-- How a user's history is written. Prepended to every script behind record.lua; never run alone.
--
-- An entry whose flags say so (RELAYED, set where a durable sink is configured) goes into the outbox of its user's tag as well, as a
-- letter: user key (22 characters), u16 length, entry | the user id as a JSON string, as far as it is known. outbox.lua tells where.

-- Of an entry, counted from 1: its flags, behind which a count stands where it has one.
local COUNT_AT, RELAYED = 16, 128
local MOST_ENTRY_BYTES = 65535
local PROFILE_JSON_AT = MARK_BYTES + 4 -- behind device type letter, device mark and length
local QUOTE, BACKSLASH = 34, 92

-- Sent again, a command finds its entry among so many of the newest.
local function was_told(history, entry, most)
  local first = 1
  for _ = 1, most do
    if first + 1 > #history then return false end
    local following = first + 2 + struct.unpack('>I2', history, first)
    if history:sub(first + 2, following - 1) == entry then return true end
    first = following
  end
  return false
end

-- An entry that was written with room for a count, with this one.
local function with_count(entry, count)
  return entry:sub(1, COUNT_AT) .. struct.pack('>I4', count) .. entry:sub(COUNT_AT + 5)
end

local function is_relayed(entry)
  return #entry >= COUNT_AT and entry:byte(COUNT_AT) >= RELAYED
end

-- To be called before anything is written, where the entry is: while the slot moves between nodes the outbox must be here too.
local function require_outbox(entry)
  if is_relayed(entry) then require_here(KEYS[1], key('q', '')) end
end

-- A profile begins with the user id; nobody here decodes JSON.
local function user_id_of(r)
  local _, profile = parts(r.tail)
  local first = PROFILE_JSON_AT + 1
  if profile:byte(first) ~= QUOTE then return '' end
  local at = profile:find('["\\]', first + 1)
  while at and profile:byte(at) == BACKSLASH do at = profile:find('["\\]', at + 2) end
  return at and profile:sub(first, at) or ''
end

-- `of`: a record of the user's, or what is known of the user id, or nil.
local function letter_of(user, entry, of)
  local id = type(of) == 'table' and user_id_of(of) or of or ''
  return user .. struct.pack('>I2', #entry) .. entry .. id
end

-- How many letters were lost to the bound is counted, since whoever reads them must learn of it.
local function post(letter)
  local outbox = key('q', '')
  local length = redis.pcall('RPUSH', outbox, letter)
  if type(length) ~= 'number' then return false end
  if length > retention.outboxEntries then
    redis.pcall('LTRIM', outbox, length - retention.outboxEntries, -1)
    redis.pcall('INCRBY', key('m', ''), length - retention.outboxEntries)
    redis.pcall('PEXPIRE', key('m', ''), retention.outboxMilliseconds)
  end
  redis.pcall('PEXPIRE', outbox, retention.outboxMilliseconds)
  return true
end

-- What could not be written, for the caller to try again.
local untold = {}

local function not_told(user, entry, of)
  untold[#untold + 1] = letter_of(user, entry, of)
  return 0
end

-- 1, or 0 where it could not be written: an ending stands even then. The history is one string, newest entry first, each
-- behind its length (u16): for the few that most users have, a list takes a hundred bytes more. The letter goes first: where only one
-- of both is written, it is better to come twice than never.
local function write_audit(user, entry, at, of)
  if #entry > MOST_ENTRY_BYTES then return 0 end
  if was_erased(user, at) then return 1 end
  local name = key('a', user)
  local before = redis.pcall('GET', name)
  if type(before) == 'table' then return not_told(user, entry, of) end
  if before and was_told(before, entry, RECENT) then return 1 end
  if is_relayed(entry) and not post(letter_of(user, entry, of)) then return not_told(user, entry, of) end
  local all = struct.pack('>I2', #entry) .. entry .. (before or '')
  local kept, count = 0, 0
  while count < retention.auditEntries and kept + 18 <= #all do
    local following = kept + 2 + struct.unpack('>I2', all, kept + 1)
    -- An entry's time stands behind its length and its id.
    local is_old = struct.unpack('>I6', all, kept + 11) <= at - retention.auditMilliseconds
    if is_old or following > #all then break end
    kept, count = following, count + 1
  end
  local reply = redis.pcall('SET', name, all:sub(1, kept), 'PX', retention.auditMilliseconds)
  return reply.ok and 1 or not_told(user, entry, of)
end

-- What every script replies that writes entries: where some could not be written, they stand in place of the 0, each behind its
-- length (u32).
local function with_untold(reply)
  if #untold == 0 then return reply end
  for i, letter in ipairs(untold) do untold[i] = struct.pack('>I4', #letter) .. letter end
  reply[2] = table.concat(untold)
  return reply
end
