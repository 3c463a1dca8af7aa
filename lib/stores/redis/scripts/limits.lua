-- What create and trim share: how many sessions the limits let a user have, and which of them end. Prepended to both, behind
-- record.lua; never run alone.
--
-- What one limit counts is a group, named 'd' and a device type letter, 'a' and an application, or 'u' for all of the user.
-- Every session counts for three. A farewell says how sessions end: u48 time of it, u32 length of the ending, u32 length of
-- the entry, ending | audit entry with room for its id and its session's | audit entry of the rest with room for their count.

local NO_DEVICE = string.rep('\0', MARK_BYTES)
-- Of an audit entry, counted from 1: its flags, that which tells of a count, and where the session id stands without one.
local FLAGS_AT, HAS_COUNT, SESSION_AT = 16, 16, 17
local FAREWELL, FAREWELL_BYTES = '>I6I4I4', 14

-- '' stands for none. What the store holds for this user comes before what the command brings.
local function user_limit(of_all, given, stored, precedence)
  local own, all = tonumber((stored or ''):sub(OWN_LIMIT_AT)) or tonumber(given), tonumber(of_all)
  if precedence == 'strictest' and own and all then return math.min(own, all) end
  return own or all
end

local function groups_of(letter, application)
  return { 'd' .. letter, 'a' .. application, 'u' }
end

local function max_of(rules, group)
  if group:sub(1, 1) == 'a' then return rules[group] or rules.each_application end
  return rules[group]
end

-- The user's live sessions as the index tells.
local function read_crowd(index, at)
  local crowd = redis.call('ZRANGEBYSCORE', index, string.format('(%d', at), '+inf')
  for i, name in ipairs(crowd) do
    local letter, mark_end = name:sub(NAME_BYTES + 1, NAME_BYTES + 1), NAME_BYTES + 1 + MARK_BYTES
    local groups = groups_of(letter, name:sub(mark_end + 1))
    crowd[i] = { sid = name:sub(1, NAME_BYTES), member = name, mark = name:sub(NAME_BYTES + 2, mark_end), groups = groups }
  end
  return crowd
end

-- Those that are live indeed, with their records; and the members of those that are gone. One that cannot be read is live:
-- a newer version wrote it, and would let it in.
local function meet(index, crowd, at)
  local live, gone = {}, {}
  for first = 1, #crowd, CHUNK do
    local last, names = math.min(first + CHUNK - 1, #crowd), {}
    for i = first, last do names[#names + 1] = key('s', crowd[i].sid) end
    require_here(index, unpack(names))
    for i, raw in ipairs(redis.call('MGET', unpack(names))) do
      local one = crowd[first + i - 1]
      one.r = read(raw)
      if not raw then
        gone[#gone + 1] = one.member
      elseif not one.r or is_live(one.r, at) then
        live[#live + 1] = one
      end
    end
  end
  return live, gone
end

-- By how much the groups exceed their limits: all groups there are, or those of one session that wants in. nil: none does.
local function excess_of(rules, crowd, wanted)
  local counts, excess, is_exceeded = {}, {}, false
  for _, group in ipairs(wanted or {}) do counts[group] = 1 end
  for _, one in ipairs(crowd) do
    for _, group in ipairs(one.groups) do
      if not wanted or counts[group] then counts[group] = (counts[group] or 0) + 1 end
    end
  end
  for group, count in pairs(counts) do
    local max = max_of(rules, group)
    if max and count > max then excess[group], is_exceeded = count - max, true end
  end
  return is_exceeded and excess or nil
end

-- Those that can end, in the order in which they do: the first ones named, then the oldest, or those not used for longest.
local function queue_of(crowd, first, order)
  local rank, queue, field = {}, {}, order == 'oldest' and 'created' or 'seen'
  for position = 1, #first, NAME_BYTES do
    local sid = first:sub(position, position + NAME_BYTES - 1)
    rank[sid] = rank[sid] or position
  end
  for _, one in ipairs(crowd) do
    if one.r then queue[#queue + 1] = one end
  end
  table.sort(queue, function(one, other)
    local a, b = rank[one.sid] or math.huge, rank[other.sid] or math.huge
    if a ~= b then return a < b end
    if one.r[field] ~= other.r[field] then return one.r[field] < other.r[field] end
    return is_before(one.sid, other.sid)
  end)
  return queue
end

-- Takes from the queue what the narrow limits need, then what the user's needs: each that ends counts for all of its groups.
-- What is left of `excess` could not be made good.
local function choose(queue, excess)
  local chosen, taken = {}, {}
  for _, is_narrow in ipairs({ true, false }) do
    for _, one in ipairs(queue) do
      local is_needed = false
      for _, group in ipairs(one.groups) do
        if (group ~= 'u') == is_narrow and excess[group] then is_needed = true end
      end
      if is_needed and not taken[one.sid] then
        taken[one.sid], chosen[#chosen + 1] = true, one
        for _, group in ipairs(one.groups) do
          if excess[group] then excess[group] = excess[group] > 1 and excess[group] - 1 or nil end
        end
      end
    end
  end
  return chosen
end

local function read_farewell(packed)
  local ended_at, ending_bytes, audit_bytes = struct.unpack(FAREWELL, packed)
  local ending_end = FAREWELL_BYTES + ending_bytes
  local audit_end = ending_end + audit_bytes
  return {
    at = ended_at,
    ending = packed:sub(FAREWELL_BYTES + 1, ending_end),
    audit = packed:sub(ending_end + 1, audit_end),
    rest = packed:sub(audit_end + 1),
  }
end

-- The entry of one session: a part of its random id serves as the entry's.
local function audit_of(farewell, sid)
  local audit = farewell.audit
  local session_at = SESSION_AT + (bit.band(audit:byte(FLAGS_AT), HAS_COUNT) ~= 0 and 4 or 0)
  return sid:sub(3, 10) .. audit:sub(9, session_at - 1) .. sid .. audit:sub(session_at + NAME_BYTES)
end

-- One entry for as many as end in the same way without a tombstone: the first ones, up to the last given. Gives 1, or 0 where
-- one could not be written.
local function tell_of_rest(user, leaving, last, at)
  local audited, count = 1, 0
  for i = 1, last do
    local farewell = leaving[i].farewell
    count = count + 1
    if i == last or leaving[i + 1].farewell ~= farewell then
      local entry = farewell.rest:sub(1, FLAGS_AT) .. struct.pack('>I4', count) .. farewell.rest:sub(FLAGS_AT + 5)
      audited, count = math.min(audited, write_audit(user, entry, at)), 0
    end
  end
  return audited
end

-- To be read before anything is written: the tombstones that these endings push out.
local function pushed_out(user, leaving)
  return surplus_tombstones(user, math.min(#leaving, retention.tombstones))
end

-- Ends sessions, each { sid, member, r, farewell }. The last of them leave tombstones and audit entries, as many as there is
-- room for; the others an entry with their count. Gives 1, or 0 where an entry could not be written.
local function end_all(user, leaving, attempt, at)
  local from = math.max(1, #leaving - retention.tombstones + 1)
  for first = 1, from - 1, CHUNK do
    local names, members = {}, {}
    for i = first, math.min(first + CHUNK, from) - 1 do
      names[#names + 1], members[#members + 1] = key('s', leaving[i].sid), leaving[i].member
    end
    redis.call('DEL', unpack(names))
    redis.call('ZREM', key('i', user), unpack(members))
  end
  local audited = tell_of_rest(user, leaving, from - 1, at)
  for i = from, #leaving do
    local one = leaving[i]
    bury(one.r, one.sid, one.farewell.at, one.farewell.ending, attempt)
    audited = math.min(audited, write_audit(user, audit_of(one.farewell, one.sid), at))
  end
  return audited
end
