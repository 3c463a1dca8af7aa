-- Adds a session where the limits allow it, and in the same step ends the ones that it replaces or that make room for it.
--
-- KEYS[1]  session; KEYS[2] index; KEYS[3] audit; KEYS[4] epoch; KEYS[5] own limit
-- Derived  floor, outbox, the user's sessions, one-time tokens and which they are, and tombstones that are pushed out
-- ARGV     1 at, 2 not after, 3 attempt, 4 record, 5 whether ordered (1 or 0), 6 audit entry,
--          7 sessions to replace: id and digest of each, 8 whether to replace those of its device (1 or 0), 9 farewell of both,
--          10 limit of every user, or '', 11 this user's own, or '', 12 precedence, 13 limit of its application, or '',
--          14 limit of its device type, or '',
--          15 order in which sessions make room, or '', 16 ids of those that do first, 17 farewell of those that do,
--          18 name of the one-time token to leave where there is no room, or '', 19 its content, 20 its audit entry,
--          21 name of the one-time token to consume, or '', 22 id of the session that its bearer chose to end
-- Returns  'late', now | 'spent' | 'stale-sign-in' | 'unknown-target' | 'taken'
--          | 'created', audited (1 or 0), record, other live sessions, how many ended, then for each that left a tombstone:
--          id, record
--          | 'limit-reached', audited (1 or 0), 'device-type', 'application' or 'user', limit, how many ended, ids of the live
--          sessions that come behind those shown, then for each that ended and each that is shown: id, record

local late = late_reply(ARGV[2])
if late then return late end

local DIGEST_BYTES, SHOWN = 32, 100
local at, attempt = tonumber(ARGV[1]), ARGV[3]
local r = read(ARGV[4])
local index, token = KEYS[2], ARGV[21] ~= '' and key('o', ARGV[21])

-- Adds what this command ended, in the first run and in one that is sent again alike: id and record of each. The session is
-- stored by now, so that nothing may fail any more: a tombstone that has moved to another node is left out.
local function add_ended(reply)
  for _, name in ipairs(redis.pcall('ZRANGEBYSCORE', index, '-inf', '(0')) do
    local sid = name:sub(1, NAME_BYTES)
    local raw = redis.pcall('GET', key('s', sid))
    local one = type(raw) == 'string' and read(raw)
    if one and one.state == ENDED and made_last(one, attempt) then
      reply[#reply + 1], reply[#reply + 2] = sid, one.raw
    end
  end
end

require_outbox(ARGV[6])
local epoch_raw = redis.call('GET', KEYS[4])
epochs[r.user] = epoch_raw

-- What it ended: its number where that is known, else as many as tell.
local function created(own, audited, ended_count)
  local others = math.max(0, count_others(index, member(own, NAME), is_live(own, at), at))
  local reply = { 'created', audited, own.raw, others, ended_count or 0 }
  if ended_count ~= 0 then add_ended(reply) end
  reply[5] = ended_count or (#reply - 5) / 2
  return reply
end

local known_raw = redis.call('GET', KEYS[1])
if known_raw then
  local known = read(known_raw)
  -- The family is this command's own too: later writes may have pushed the attempt out.
  if not known or not (was_made(known, attempt) or known.family == r.family) then return { 'taken' } end
  return created(known, 1, revoked_before(epoch_raw, attempt))
end

if token then
  require_here(index, token)
  local content = read_one_time(redis.call('GET', token))
  if not content or content.expires <= at then return { 'spent' } end
end

local epoch, epoch_reason = read_epoch(epoch_raw)
-- A time that has not come yet would pass every epoch until then.
r.started = math.min(r.started, at)
if ARGV[5] == '0' then r.started = math.max(r.started, epoch + 1) end
if r.started <= epoch or was_erased(r.user, at) then return { 'stale-sign-in' } end

-- What ends whether there is room or not: it does not count.
local leaving, leaves = {}, {}
local function leave(sid, candidate, farewell)
  if leaves[sid] then return end
  leaves[sid] = true
  leaving[#leaving + 1] = { sid = sid, member = member(candidate, sid), r = candidate, farewell = farewell }
end
local function find(sid)
  require_here(index, key('s', sid))
  local candidate = read(redis.call('GET', key('s', sid)))
  return candidate and candidate.user == r.user and candidate or nil
end
local function holds(candidate, digest)
  if digest == candidate.access_digest or digest == candidate.refresh_digest then return true end
  return digest == candidate.parent_access_digest or digest == candidate.parent_refresh_digest
end

local replacing, evicting = read_farewell(ARGV[9]), read_farewell(ARGV[17])
for first = 1, #ARGV[7], NAME_BYTES + DIGEST_BYTES do
  local sid, digest = struct.unpack('c' .. NAME_BYTES .. 'c' .. DIGEST_BYTES, ARGV[7], first)
  local candidate = find(sid)
  if is_live(candidate, at) and holds(candidate, digest) then leave(sid, candidate, replacing) end
end

local target, target_ends = nil, false
if token then
  target = find(ARGV[22])
  if not target or is_impersonated(member(target, ARGV[22])) then return { 'unknown-target' } end
  target_ends = is_live(target, at)
end

local own_member = member(r, NAME)
local mark, place = own_member:sub(NAME_BYTES + 2, NAME_BYTES + 1 + MARK_BYTES), own_member:sub(NAME_BYTES + 2)
local groups = groups_of(own_member:sub(NAME_BYTES + 1, NAME_BYTES + 1), place:sub(MARK_BYTES + 1))
local rules = { u = user_limit(ARGV[10], ARGV[11], redis.call('GET', KEYS[5]), ARGV[12]) }
rules.each_application, rules[groups[1]] = tonumber(ARGV[13]), tonumber(ARGV[14])
if is_impersonated(own_member) then rules = {} end
local is_narrow = rules.each_application or rules[groups[1]]
local lowest = math.min(rules.u or math.huge, max_of(rules, groups[2]) or math.huge, rules[groups[1]] or math.huge)
local is_limited = lowest < math.huge
-- With room for all of a user's sessions under the lowest limit, nobody needs to know which they are.
local is_crowded = is_limited and count_crowd(index, at) >= lowest
local is_replacing = is_limited and ARGV[8] == '1' and mark ~= NO_DEVICE
local members = (is_crowded or is_replacing) and live_members(index, at) or {}
local crowd = is_crowded and crowd_of(members, is_narrow) or {}
if is_replacing then
  local same = {}
  for _, name in ipairs(members) do
    if name:sub(NAME_BYTES + 2) == place then same[#same + 1] = name end
  end
  for _, one in ipairs((meet(index, crowd_of(same), at))) do
    if one.raw then leave(one.sid, read(one.raw), replacing) end
  end
end
if target_ends then leave(ARGV[22], target, evicting) end

local function staying(all)
  local rest = {}
  for _, one in ipairs(all) do
    if not leaves[one.sid] then rest[#rest + 1] = one end
  end
  return rest
end
crowd = staying(crowd)
local excess, gone, evicted = excess_of(rules, crowd, groups), {}, {}
if excess then
  -- Redis may have dropped records by itself: those do not count.
  crowd, gone = meet(index, crowd, at)
  excess = excess_of(rules, crowd, groups)
end
if excess and ARGV[15] ~= '' then
  evicted = choose(queue_of(crowd, ARGV[16], ARGV[15], excess), excess)
  if not next(excess) then excess = nil end
end

-- A person is shown what the narrowest limit counts; an app that may choose itself, what any counts that is exceeded.
local function reached_reply(audited)
  local is_for_person = token or ARGV[18] ~= ''
  local group = (excess[groups[1]] and groups[1]) or (excess[groups[2]] and groups[2]) or groups[3]
  local per = ({ d = 'device-type', a = 'application', u = 'user' })[group:sub(1, 1)]
  local shown = {}
  for _, one in ipairs(crowd) do
    local counts = false
    for _, its in ipairs(one.groups) do
      if its == group or (excess[its] and not is_for_person) then counts = true end
    end
    if one.raw and counts then shown[#shown + 1] = one end
  end
  for _, one in ipairs(shown) do one.unseen = -one.seen end
  shown = first_by('unseen', shown, is_for_person and SHOWN or #shown)
  local reply, named = { 'limit-reached', audited, per, max_of(rules, group), 0, '' }, {}
  if token and made_last(target, attempt) and target.state == ENDED then
    reply[5], reply[7], reply[8] = 1, ARGV[22], target.raw
  end
  for i = 1, math.min(#shown, SHOWN) do
    reply[#reply + 1], reply[#reply + 2] = shown[i].sid, shown[i].raw
  end
  if is_for_person then return reply end
  for i = SHOWN + 1, #shown do named[#named + 1] = shown[i].sid end
  reply[6] = table.concat(named)
  return reply
end

if excess and token then
  if not target_ends then return reached_reply(1) end
  local named = { { sid = ARGV[22], member = member(target, ARGV[22]), r = target, farewell = evicting } }
  local surplus = pushed_out(r.user, named)
  -- Deleting takes no memory. What follows may fail; the session is over.
  redis.call('DEL', key('s', ARGV[22]))
  local audited = end_all(r.user, named, attempt, at)
  prune(r.user, surplus, at)
  return reached_reply(audited)
end
if excess then
  if ARGV[18] == '' then return reached_reply(1) end
  -- Sent again, the command finds its token.
  local is_new = redis.call('SET', key('o', ARGV[18]), ARGV[19], 'PX', one_time_life(ARGV[19], at), 'NX')
  if is_new then index_one_time(read_one_time(ARGV[19]), ARGV[18], at) end
  return reached_reply(is_new and write_audit(r.user, ARGV[20], at, r) or 1)
end

-- Those that make room come first: where not all can leave a tombstone, what was named does.
for _, one in ipairs(leaving) do evicted[#evicted + 1] = one end
for _, one in ipairs(evicted) do one.farewell = one.farewell or evicting end
local surplus = pushed_out(r.user, evicted)

-- It takes memory, so it comes first: out of memory, it fails before anything has changed.
save(r, NAME, at)
put_in_index(r, NAME, at)
local audited = end_all(r.user, evicted, attempt, at)
if token then
  redis.call('DEL', token)
  redis.call('ZREM', key('n', r.user), ARGV[21])
end
-- Tombstones tell no more how many they were.
if #evicted > retention.tombstones then save_epoch(KEYS[4], epoch_raw, epoch, epoch_reason, attempt, #evicted) end
for _, name in ipairs(gone) do redis.call('ZREM', index, name) end
audited = math.min(audited, write_audit(r.user, ARGV[6], at, r))
prune(r.user, surplus, at)
return created(r, audited, #evicted)
