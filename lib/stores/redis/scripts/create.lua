-- Adds a session, and in the same step ends the ones that it replaces.
--
-- KEYS[1]  session; KEYS[2] index; KEYS[3] audit; KEYS[4] epoch
-- Derived  the sessions replaced, and tombstones that are pushed out
-- ARGV     1 at, 2 not after, 3 attempt, 4 record, 5 whether ordered (1 or 0), 6 audit entry,
--          then for each session to replace: id, digest, time of its end, ending, audit entry
-- Returns  'late', now | 'stale-sign-in' | 'taken' | 'created', audited (1 or 0), record,
--          then for each session ended: id, record

local late = late_reply(ARGV[2])
if late then return late end

local at, attempt = tonumber(ARGV[1]), ARGV[3]
local r = read(ARGV[4])

local function holds(candidate, digest)
  if digest == candidate.access_digest or digest == candidate.refresh_digest then return true end
  return digest == candidate.parent_access_digest or digest == candidate.parent_refresh_digest
end

local known_raw = redis.call('GET', KEYS[1])
if known_raw then
  local known = read(known_raw)
  -- The family is this command's own too: later writes may have pushed the attempt out.
  if not known or not (was_made(known, attempt) or known.family == r.family) then return { 'taken' } end
  local reply, told = { 'created', 1, known_raw }, {}
  for i = 7, #ARGV, 5 do
    local ended = read(redis.call('GET', key('s', ARGV[i])))
    if ended and ended.state == ENDED and made_last(ended, attempt) and not told[ARGV[i]] then
      told[ARGV[i]] = true
      reply[#reply + 1], reply[#reply + 2] = ARGV[i], ended.raw
    end
  end
  return reply
end

local epoch = read_epoch(redis.call('GET', KEYS[4]))
-- A time that has not come yet would pass every epoch until then.
r.started = math.min(r.started, at)
if ARGV[5] == '0' then r.started = math.max(r.started, epoch + 1) end
if r.started <= epoch then return { 'stale-sign-in' } end

local replaced, seen = {}, {}
for i = 7, #ARGV, 5 do
  require_here(KEYS[2], key('s', ARGV[i]))
  local candidate = read(redis.call('GET', key('s', ARGV[i])))
  if is_live(candidate, at) and candidate.user == r.user and holds(candidate, ARGV[i + 1]) and not seen[ARGV[i]] then
    seen[ARGV[i]] = true
    replaced[#replaced + 1] = { r = candidate, argument = i }
  end
end
local surplus = surplus_tombstones(r.user, #replaced)

save(r, NAME, at)
put_in_index(r, NAME, at)
local reply = { 'created', 1, r.raw }
for _, one in ipairs(replaced) do
  local i = one.argument
  bury(one.r, ARGV[i], tonumber(ARGV[i + 2]), ARGV[i + 3], attempt)
  reply[2] = math.min(reply[2], write_audit(r.user, ARGV[i + 4], at))
  reply[#reply + 1], reply[#reply + 2] = ARGV[i], one.r.raw
end
reply[2] = math.min(reply[2], write_audit(r.user, ARGV[6], at))
prune(r.user, surplus, at)
return reply
