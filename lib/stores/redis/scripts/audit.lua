-- How a user's history is written. Prepended to every script behind record.lua; never run alone.
--
-- An entry whose flags say so (RELAYED, set where a durable sink is configured) goes into the outbox of its user's tag as well, as a
-- letter: user key (22 characters), u16 length, entry | the user id as a JSON string, as far as it is known. outbox.lua tells where.

-- Of an entry, counted from 1: its time, and its flags, behind which a count stands where it has one.
local TIME_AT, COUNT_AT, RELAYED = 9, 16, 128
local MOST_ENTRY_BYTES = 65535
local PROFILE_JSON_AT = MARK_BYTES + 4 -- behind device type letter, device mark and length
local QUOTE, BACKSLASH = 34, 92
local OWING = -1 -- in place of an event: a sign-in that owes a fresh login

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

-- What was read of epochs, by user key: the same script asks more than once.
local epochs = {}

-- Whether the user was erased at or after this instant: what was issued by then must bring nothing back.
local function was_erased(user, instant)
  if epochs[user] == nil then epochs[user] = redis.pcall('GET', key('e', user)) end
  local erasure = type(epochs[user]) == 'string' and erasure_of(epochs[user])
  return erasure and instant <= erasure or false
end

-- What could not be written, for the caller to try again.
local untold = {}

local function not_told(user, entry, of)
  untold[#untold + 1] = letter_of(user, entry, of)
  return 0
end

-- Whether the entry of a sign-in, whose length stands behind `at`, says that a fresh login is owed: its reason comes first of what stands as JSON.
local function owes_login(all, at, flags)
  local reason = at + 19
  if bit.band(flags, HAS.count) ~= 0 then reason = reason + 4 end
  if bit.band(flags, HAS.session) ~= 0 then reason = reason + NAME_BYTES end
  if bit.band(flags, HAS.ipv4) ~= 0 then reason = reason + 4 end
  return all:sub(reason, reason + #OWES_LOGIN - 1) == OWES_LOGIN
end

-- What is kept of a history: see kept-entries.ts. What came at or before `oldest` is gone, and what stands behind it.
local function kept_of(all, oldest)
  local pieces, first, at, counts, newest, telling = {}, 0, 0, {}, 0, 0
  local unpack_at = struct.unpack
  while at + 18 <= #all do
    local length, time, event, flags = unpack_at('>I2xxxxxxxxI6BB', all, at + 1)
    local following = at + 2 + length
    if time <= oldest or following > #all then break end
    local keeping, is_kept = KEPT[event], true
    if event == CREATED and owes_login(all, at, flags) then event, keeping = OWING, 'b' end
    if keeping then counts[event] = (counts[event] or 0) + 1 end
    if keeping == 'b' and counts[event] > retention.unprovenEntries then
      is_kept = false
    elseif newest < retention.auditEntries then
      newest = newest + 1
    elseif keeping == 't' then
      telling = telling + 1
      is_kept = telling <= retention.tellingEntries
    else
      is_kept = keeping == 'l' and counts[event] == 1
    end
    if not is_kept then
      if first < at then pieces[#pieces + 1] = all:sub(first + 1, at) end
      first = following
    end
    at = following
  end
  pieces[#pieces + 1] = all:sub(first + 1, at)
  return table.concat(pieces)
end

-- 1, or 0 where it could not be written: an ending stands even then. The history is one string, newest entry first, each
-- behind its length (u16): for the few that most users have, a list takes a hundred bytes more. The letter goes first: where only one
-- of both is written, it is better to come twice than never.
local function write_audit(user, entry, at, of)
  if #entry > MOST_ENTRY_BYTES then return 0 end
  -- By its own time: one that could not be written with its change comes later, under another.
  local time = struct.unpack('>I6', entry, TIME_AT)
  if was_erased(user, time) then return 1 end
  local name = key('a', user)
  local before = redis.pcall('GET', name)
  if type(before) == 'table' then return not_told(user, entry, of) end
  if before and was_told(before, entry, RECENT) then return 1 end
  if is_relayed(entry) and not post(letter_of(user, entry, of)) then return not_told(user, entry, of) end
  local oldest = at - retention.auditMilliseconds
  -- It would stand before newer ones, and what stands behind one that is past its time goes with it.
  if time <= oldest then return 1 end
  local all = struct.pack('>I2', #entry) .. entry .. (before or '')
  local reply = redis.pcall('SET', name, kept_of(all, oldest), 'PX', retention.auditMilliseconds)
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
