-- What create and trim share: how many sessions the limits let a user have, and which of them end. Prepended to both, behind
-- record.lua; never run alone.
--
-- What one limit counts is a group, named 'd' and a device type letter, 'a' and an application, or 'u' for all of the user.
-- Every session counts for three, but those that an administrator uses in the user's place, which count for none: they bear a
-- letter of their own in place of a device type's. A farewell says how sessions end: u48 time of it, u32 length of the ending, u32 length of
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

-- Sessions that count for the same share one table.
local known_groups = {}
local function groups_of(letter, application)
  local of_letter = known_groups[letter] or {}
  known_groups[letter] = of_letter
  of_letter[application] = of_letter[application] or { 'd' .. letter, 'a' .. application, 'u' }
  return of_letter[application]
end

local function max_of(rules, group)
  if group:sub(1, 1) == 'a' then return rules[group] or rules.each_application end
  return rules[group]
end

local function is_impersonated(name)
  return name:byte(NAME_BYTES + 1) == IMPERSONATION
end

-- How many live sessions the user has at most, as the index tells: those that count for no limit are among them.
local function count_crowd(index, at)
  return redis.call('ZCOUNT', index, string.format('(%d', at), '+inf')
end

-- The members of the user's live sessions that count, as the index tells.
local function live_members(index, at)
  local counting = {}
  for _, name in ipairs(redis.call('ZRANGEBYSCORE', index, string.format('(%d', at), '+inf')) do
    if not is_impersonated(name) then counting[#counting + 1] = name end
  end
  return counting
end

-- How many live sessions the user has that count, this one left out; of more than a chunk of sessions, those that do not are
-- counted too: it is for people to read.
local function count_others(index, name, is_there, at)
  local count = count_crowd(index, at)
  if count > CHUNK then return count - (is_there and 1 or 0) end
  count = #live_members(index, at)
  if is_there and not is_impersonated(name) then return count - 1 end
  return count
end

-- A session each. Only where a narrow limit holds are they told apart by what they count for.
local function crowd_of(members, is_narrow)
  local crowd, all_alike = {}, groups_of('', '')
  for i, name in ipairs(members) do
    local groups = all_alike
    if is_narrow then
      groups = groups_of(name:sub(NAME_BYTES + 1, NAME_BYTES + 1), name:sub(NAME_BYTES + MARK_BYTES + 2))
    end
    crowd[i] = { sid = name:sub(1, NAME_BYTES), member = name, groups = groups }
  end
  return crowd
end

-- Those that are live indeed, with their records and what orders them; and the members of those that are gone. One that cannot be
-- read is live, though without a record: a newer version wrote it, and would let it in.
local function meet(index, crowd, at)
  local live, gone, members = {}, {}, {}
  for i, one in ipairs(crowd) do members[i] = one.member end
  visit_records(index, members, function(i, raw)
    local one, r = crowd[i], raw and glance(raw)
    if not raw then
      gone[#gone + 1] = one.member
    elseif not r then
      live[#live + 1] = one
    elseif is_live(r, at) then
      one.raw, one.seen, one.created = raw, r.seen, r.created
      live[#live + 1] = one
    end
  end)
  return live, gone
end

local function is_first_by_id(one, other)
  return is_before(one.sid, other.sid)
end

-- The first ones, at least as many as asked for, by the number in this field; of one number by id. Numbers alone are sorted
-- many times faster than by a function that compares.
local function first_by(field, all, count)
  local numbers, same, distinct, result = {}, {}, {}, {}
  for i, one in ipairs(all) do numbers[i] = one[field] end
  table.sort(numbers)
  local last = numbers[math.min(count, #numbers)]
  for _, one in ipairs(all) do
    local number = one[field]
    if number <= last then
      if not same[number] then same[number], distinct[#distinct + 1] = {}, number end
      same[number][#same[number] + 1] = one
    end
  end
  table.sort(distinct)
  for _, number in ipairs(distinct) do
    table.sort(same[number], is_first_by_id)
    for _, one in ipairs(same[number]) do result[#result + 1] = one end
  end
  return result
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

-- Those that can end, in the order in which they do: the first ones named, then the oldest, or those not used for longest. Where all
-- count alike, no more than may be needed.
local function queue_of(crowd, first, order, excess)
  local named, queue, rest = {}, {}, {}
  for position = 1, #first, NAME_BYTES do
    local sid = first:sub(position, position + NAME_BYTES - 1)
    named[sid] = named[sid] or position
  end
  for _, one in ipairs(crowd) do
    one.position = named[one.sid]
    if one.raw and one.position then queue[#queue + 1] = one end
    if one.raw and not one.position then rest[#rest + 1] = one end
  end
  queue = first_by('position', queue, #queue)
  local is_narrow = next(excess) ~= 'u' or next(excess, 'u')
  local needed = is_narrow and #rest or excess.u
  for _, one in ipairs(first_by(order == 'oldest' and 'created' or 'seen', rest, needed)) do queue[#queue + 1] = one end
  return queue
end

-- Takes from the queue what the narrow limits need, then what the user's needs: each that ends counts for all of its groups.
-- What is left of `excess` could not be made good.
local function choose(queue, excess)
  local chosen, taken = {}, {}
  local function is_over(groups, is_narrow)
    if not is_narrow then return excess.u end
    return excess[groups[1]] or excess[groups[2]]
  end
  for _, is_narrow in ipairs({ true, false }) do
    for _, one in ipairs(queue) do
      if not next(excess) then return chosen end
      if is_over(one.groups, is_narrow) and not taken[one.sid] then
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
      local entry = with_count(farewell.rest, count)
      local r = leaving[i].r or read(leaving[i].raw)
      audited, count = math.min(audited, write_audit(user, entry, at, r)), 0
    end
  end
  return audited
end

-- To be read before anything is written: the tombstones that these endings push out.
local function pushed_out(user, leaving)
  return surplus_tombstones(user, math.min(#leaving, retention.tombstones))
end

-- Ends sessions, each { sid, member, r or raw, farewell }. The last of them leave tombstones and audit entries, as many as there is
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
    local r = one.r or read(one.raw)
    bury(r, one.sid, one.farewell.at, one.farewell.ending, attempt)
    audited = math.min(audited, write_audit(user, audit_of(one.farewell, one.sid), at, r))
  end
  return audited
end
